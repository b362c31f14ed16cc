/** The tables of webhooks. Of the token that opens one only its hash is kept; what signs calls has to be kept itself. */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { ConversationId, UserId } from '../../domain/ids';
import type { VersionVector } from '../../domain/versionVector';

export type Direction = 'in' | 'out';

export interface Webhook {
	readonly id: string;
	readonly conversation: ConversationId;
	readonly direction: Direction;
	readonly name: string;
	/** It acts in the name of this member, as long as they are one. */
	readonly madeBy: UserId;
	/** Milliseconds since 1970, as all times here. */
	readonly madeAt: number;
	/** The address that is called; null for one that takes messages in. */
	readonly url: string | null;
	readonly secret: string | null;
	/** What was written in earlier segments is never told. */
	readonly firstSegment: number;
	/** Of the last call: its HTTP status, or why there was none. */
	readonly lastStatus: string | null;
	readonly lastAt: number | null;
	readonly failingSince: number | null;
	/** Calls that failed since then. */
	readonly tries: number;
	readonly nextAt: number;
	readonly stoppedAt: number | null;
}

export type NewWebhook = Pick<
	Webhook,
	'id' | 'conversation' | 'direction' | 'name' | 'madeBy' | 'madeAt' | 'url' | 'secret' | 'firstSegment'
> & { readonly token: string | undefined };

const COLUMNS = `id, conversation_id AS conversation, direction, name, made_by AS madeBy, made_at AS madeAt, url, secret,
	first_segment AS firstSegment, last_status AS lastStatus, last_at AS lastAt, failing_since AS failingSince, tries,
	next_at AS nextAt, stopped_at AS stoppedAt`;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export class WebhookStore {
	readonly #insert;
	readonly #of;
	readonly #countOf;
	readonly #byToken;
	readonly #byId;
	readonly #delete;
	readonly #deleteOf;
	readonly #calledOf;
	readonly #watched;
	readonly #told;
	readonly #tell;
	readonly #wentWell;
	readonly #failed;
	readonly #stop;

	constructor(db: Database) {
		this.#insert = db.prepare<[Omit<NewWebhook, 'token'> & { readonly hash: string | null }]>(
			`INSERT INTO webhooks
				(id, conversation_id, direction, name, made_by, made_at, token_hash, url, secret, first_segment)
			VALUES (@id, @conversation, @direction, @name, @madeBy, @madeAt, @hash, @url, @secret, @firstSegment)`
		);
		this.#of = db.prepare<[ConversationId], Webhook>(
			`SELECT ${COLUMNS} FROM webhooks WHERE conversation_id = ? ORDER BY made_at, id`
		);
		this.#countOf = db.prepare<[UserId], number>('SELECT count(*) FROM webhooks WHERE made_by = ?').pluck();
		this.#byToken = db.prepare<[string], Webhook>(`SELECT ${COLUMNS} FROM webhooks WHERE token_hash = ?`);
		this.#byId = db.prepare<[string], Webhook>(`SELECT ${COLUMNS} FROM webhooks WHERE id = ?`);
		this.#delete = db.prepare<[ConversationId, string]>(
			'DELETE FROM webhooks WHERE conversation_id = ? AND id = ?'
		);
		this.#deleteOf = db.prepare<[UserId]>('DELETE FROM webhooks WHERE made_by = ?');
		this.#calledOf = db.prepare<[ConversationId], Webhook>(
			`SELECT ${COLUMNS} FROM webhooks
			WHERE conversation_id = ? AND direction = 'out' AND stopped_at IS NULL ORDER BY made_at, id`
		);
		this.#watched = db
			.prepare<[], ConversationId>(
				"SELECT DISTINCT conversation_id FROM webhooks WHERE direction = 'out' AND stopped_at IS NULL"
			)
			.pluck();
		this.#told = db
			.prepare<[string, number], string>(
				'SELECT vector FROM webhooks_told WHERE webhook_id = ? AND segment = ?'
			)
			.pluck();
		this.#tell = db.prepare<[string, number, string]>(
			'INSERT OR REPLACE INTO webhooks_told (webhook_id, segment, vector) VALUES (?, ?, ?)'
		);
		this.#wentWell = db.prepare<[string, number, string]>(
			`UPDATE webhooks SET last_status = ?, last_at = ?, failing_since = NULL, tries = 0, next_at = 0 WHERE id = ?`
		);
		this.#failed = db.prepare<[{ status: string; at: number; nextAt: number; id: string }]>(
			`UPDATE webhooks SET last_status = @status, last_at = @at, failing_since = coalesce(failing_since, @at),
				tries = tries + 1, next_at = @nextAt WHERE id = @id`
		);
		this.#stop = db.prepare<[number, string]>('UPDATE webhooks SET stopped_at = ? WHERE id = ?');
	}

	insert({ token, ...webhook }: NewWebhook): void {
		this.#insert.run({ ...webhook, hash: token === undefined ? null : hashOf(token) });
	}

	/** In the order they were made. */
	of(conversation: ConversationId): Webhook[] {
		return this.#of.all(conversation);
	}

	/** How many a user has made, in all conversations. */
	countOf(user: UserId): number {
		return this.#countOf.get(user) ?? 0;
	}

	byToken(token: string): Webhook | undefined {
		return this.#byToken.get(hashOf(token));
	}

	byId(id: string): Webhook | undefined {
		return this.#byId.get(id);
	}

	/** False if there is none. */
	delete(conversation: ConversationId, id: string): boolean {
		return this.#delete.run(conversation, id).changes === 1;
	}

	/** All that a user has made, in all conversations. */
	deleteOf(user: UserId): void {
		this.#deleteOf.run(user);
	}

	/** Those of a conversation that are called. */
	calledOf(conversation: ConversationId): Webhook[] {
		return this.#calledOf.all(conversation);
	}

	/** Conversations in which some are called. */
	watched(): ConversationId[] {
		return this.#watched.all();
	}

	/** What of a segment it has been told. */
	told(id: string, segment: number): VersionVector {
		const pairs = JSON.parse(this.#told.get(id, segment) ?? '[]') as [number, number][];
		return new Map(pairs);
	}

	setTold(id: string, segment: number, vector: VersionVector): void {
		this.#tell.run(id, segment, JSON.stringify([...vector]));
	}

	wentWell(id: string, status: string, at: number): void {
		this.#wentWell.run(status, at, id);
	}

	failed(id: string, { status, at, nextAt }: { status: string; at: number; nextAt: number }): void {
		this.#failed.run({ id, status, at, nextAt });
	}

	stop(id: string, at: number): void {
		this.#stop.run(at, id);
	}
}
