import type { UserId } from './ids';

/** What others may know of a user. */
export interface Person {
	readonly id: UserId;
	readonly username: string;
	readonly displayName: string;
}
