/** What only a connection needs: no part of what is shown first, and loaded behind it (link.ts). */
export { createChannelSocketClass } from './channelSocket';
export { createLine } from './line';
export { createReceiptsGate } from './receiptsGate';
export { createRemovalsFirst } from './removalsFirst';
export { createProviders } from './roomProvider';
