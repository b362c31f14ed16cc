/** Why an erasure does not get on: how the store does, or that a relay by itself does not answer. */
export const ERASURE_TROUBLES = ['full', 'broken', 'damaged', 'locked', 'away', 'unknown'] as const;

export type ErasureTrouble = (typeof ERASURE_TROUBLES)[number];
