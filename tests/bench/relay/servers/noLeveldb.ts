/** In the place of `y-leveldb`, which the stock server imports and does not use without persistence. */
export class LeveldbPersistence {}
