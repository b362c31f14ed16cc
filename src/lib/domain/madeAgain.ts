/** The last segment that a conversation may be made again up to, which the server has forgotten altogether. */
export const SEGMENTS_AGAIN_MAX = 10_000;
