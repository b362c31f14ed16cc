/** What only a connection needs: no part of what is shown first, and loaded behind it (link.ts). */
export { createDeviceProviders } from './deviceProviders';
export { createLine } from './line';
