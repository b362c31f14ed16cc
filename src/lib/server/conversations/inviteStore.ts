/** The table of invite links. Of a token only its hash is kept. */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { ConversationId, UserId } from '../../domain/ids';
import { INVITES_MAX } from '../../domain/limits';

export interface Invite {
	readonly id: string;
	readonly conversation: ConversationId;
	readonly creator: UserId;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly expiresAt: number;
	readonly uses: number;
	/** Null for as many as like. */
	readonly usesMax: number | null;
}

/** It lets in nobody further. */
export const isUsedUp = ({ uses, usesMax }: Pick<Invite, 'uses' | 'usesMax'>): boolean =>
	usesMax !== null && uses >= usesMax;

export type NewInvite = Omit<Invite, 'uses'> & { readonly token: string };

const COLUMNS = `id, conversation_id AS conversation, creator, created_at AS createdAt, expires_at AS expiresAt, uses,
	uses_max AS usesMax`;
const IS_USED_UP = 'uses_max IS NOT NULL AND uses >= uses_max';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export class InviteStore {
	readonly #insert;
	readonly #of;
	readonly #byToken;
	readonly #addUser;
	readonly #use;
	readonly #delete;
	readonly #deleteMadeBy;
	readonly #deleteOver;
	readonly #deleteUsedUp;

	constructor(db: Database) {
		this.#insert = db.prepare<[Omit<Invite, 'uses'> & { readonly hash: string }]>(
			`INSERT INTO invites (id, conversation_id, token_hash, creator, created_at, expires_at, uses_max)
			VALUES (@id, @conversation, @hash, @creator, @createdAt, @expiresAt, @usesMax)`
		);
		this.#of = db.prepare<[{ readonly conversation: ConversationId; readonly now: number }], Invite>(
			`SELECT ${COLUMNS} FROM invites WHERE conversation_id = @conversation AND expires_at > @now
			ORDER BY created_at DESC, id`
		);
		this.#byToken = db.prepare<[{ readonly hash: string; readonly now: number }], Invite>(
			`SELECT ${COLUMNS} FROM invites WHERE token_hash = @hash AND expires_at > @now
			AND creator NOT IN (SELECT id FROM users WHERE suspended_at IS NOT NULL)`
		);
		this.#addUser = db.prepare<[string, UserId]>(
			'INSERT INTO invite_uses (invite_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING'
		);
		this.#use = db.prepare<[string]>('UPDATE invites SET uses = uses + 1 WHERE id = ?');
		this.#delete = db.prepare<[ConversationId, string]>(
			'DELETE FROM invites WHERE conversation_id = ? AND id = ?'
		);
		this.#deleteMadeBy = db.prepare<[ConversationId, UserId]>(
			'DELETE FROM invites WHERE conversation_id = ? AND creator = ?'
		);
		this.#deleteOver = db.prepare<[{ readonly now: number }]>('DELETE FROM invites WHERE expires_at <= @now');
		this.#deleteUsedUp = db.prepare<[{ readonly conversation: ConversationId }]>(
			`DELETE FROM invites WHERE id IN (SELECT id FROM invites
			WHERE conversation_id = @conversation AND ${IS_USED_UP}
			ORDER BY created_at DESC, id LIMIT -1 OFFSET ${INVITES_MAX})`
		);
	}

	insert({ token, ...invite }: NewInvite): void {
		this.#insert.run({ ...invite, hash: hashOf(token) });
	}

	/** Those whose time is not over at `now`, used up or not, the newest first. */
	of(conversation: ConversationId, now: number): Invite[] {
		return this.#of.all({ conversation, now });
	}

	/** The one that this token opens, used up or not, if its time is not over and whoever made it is not suspended. */
	byToken(token: string, now: number): Invite | undefined {
		return this.#byToken.get({ hash: hashOf(token), now });
	}

	/** Counts a person once, however often they come. */
	use(id: string, user: UserId): void {
		if (this.#addUser.run(id, user).changes === 1) this.#use.run(id);
	}

	/** False if there is none. */
	delete(conversation: ConversationId, id: string): boolean {
		return this.#delete.run(conversation, id).changes === 1;
	}

	/** Deletes those that somebody made who no longer may. */
	deleteMadeBy(conversation: ConversationId, creator: UserId): void {
		this.#deleteMadeBy.run(conversation, creator);
	}

	/** Deletes those whose time is over, and of those of a conversation that are used up the oldest, if they are many. */
	deleteOver(conversation: ConversationId, now: number): void {
		this.#deleteOver.run({ now });
		this.#deleteUsedUp.run({ conversation });
	}
}
