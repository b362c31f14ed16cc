/** What is measured side by side. */
export const ARMS = ['skein', 'skein, a socket a room', 'stock', 'bare', 'bound'] as const;

/**
 * `skein` is spoken to as Skein's own devices do: links, acks, the changes feed. `skein, a socket a room` is the same
 * server on the y-websocket protocol. `stock` is `@y/websocket-server` without persistence, `bare` a broadcast that
 * parses nothing, `bound` the same with a commit to disk before it: what a durable relay can reach at most.
 */
export type Arm = (typeof ARMS)[number];

export type ServerName = 'skein' | 'stock' | 'bare' | 'bound';

export const serverOf = (arm: Arm): ServerName => (isSkein(arm) ? 'skein' : arm);

/** It is spoken to under Skein's paths. */
export const isSkein = (arm: Arm): arm is 'skein' | 'skein, a socket a room' => arm.startsWith('skein');

/** It reads nothing of what it passes on, and answers no question. */
export const isDeaf = (arm: Arm): boolean => arm === 'bare' || arm === 'bound';
