/** Says how far a piece of work is, and settles when it may go on: what the benchmark reads of the server is of then. */
export type Marked = (mark: string) => Promise<void>;
