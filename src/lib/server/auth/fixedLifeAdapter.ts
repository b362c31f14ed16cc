import { BetterSqlite3Adapter } from '@lucia-auth/adapter-sqlite';

/** Lucia's adapter without its extension of sessions in use: a session ends when it was said to at login. */
export class FixedLifeAdapter extends BetterSqlite3Adapter {
	override async updateSessionExpiration(): Promise<void> {
		// Deliberately nothing: the life of a session is absolute.
	}
}
