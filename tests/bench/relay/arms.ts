/** What is measured side by side. */
export const ARMS = ['skein', 'skein, a socket a room', 'stock', 'bare'] as const;

/**
 * `skein` is spoken to as Skein's own devices do: links, acks, the changes feed. `skein, a socket a room` is the same
 * server on the y-websocket protocol. `stock` is `@y/websocket-server` without persistence, `bare` a broadcast that
 * parses nothing.
 */
export type Arm = (typeof ARMS)[number];

export type ServerName = 'skein' | 'stock' | 'bare';

export const serverOf = (arm: Arm): ServerName => (arm === 'stock' || arm === 'bare' ? arm : 'skein');
