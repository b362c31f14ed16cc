/**
 * Conversations that nobody is in any more: groups that everybody has left, to which nobody can be let in, and direct ones of
 * two deleted accounts. What such a group was called and showed goes with its last member. What was written there goes a
 * month later: until then who was in it may report it, and while a report waits it stays. Headers stay, so that devices
 * which come back know what was taken, and so does the row: no other conversation may have its id. Invariant: what is still
 * to be erased stands in SQL, and done twice is as done once.
 */
import type { Database } from 'better-sqlite3';
import type { Logger } from 'pino';
import type { JoinRequestStore } from './joinRequestStore';
import type { MemberStore } from './memberStore';
import type { PictureStore } from '../pictures/pictureStore';
import type { ProjectionsDue } from '../projections/projectionsDue';
import type { RelayPort } from '../relayPort';
import type { ConversationId, UserId } from '../../domain/ids';
import { parseRoom } from '../../protocol/rooms';

const DAY_MS = 24 * 60 * 60_000;
export const EMPTY_KEPT_MS = 30 * DAY_MS;
const LOOK_EVERY_MS = DAY_MS / 4;

export interface EmptyConversationsParts {
	readonly db: Database;
	readonly members: Pick<MemberStore, 'countIn' | 'formerOf' | 'of'>;
	readonly requests: Pick<JoinRequestStore, 'of' | 'delete'>;
	readonly pictures: Pick<PictureStore, 'letGo'>;
	readonly due: Pick<ProjectionsDue, 'addDirectory'>;
	readonly relay: Pick<RelayPort, 'writtenBy' | 'erase'>;
	readonly now: () => number;
	/** Calls back after so many milliseconds. Returns the way to stop it. */
	readonly after: (ms: number, callback: () => void) => () => void;
	readonly log: Logger;
}

export class EmptyConversations {
	readonly #parts: EmptyConversationsParts;
	readonly #pictureOf;
	readonly #empty;
	readonly #dropWebhooks;
	readonly #emptyDirect;
	readonly #over;
	readonly #done;
	#running: Promise<void> | undefined;
	#isStopped = false;
	#stopWaiting = () => {};

	constructor(parts: EmptyConversationsParts) {
		const { db } = parts;
		this.#parts = parts;
		this.#pictureOf = db
			.prepare<[ConversationId], string | null>('SELECT picture FROM conversations WHERE id = ?')
			.pluck();
		this.#empty = db.prepare<[number, ConversationId]>(
			"UPDATE conversations SET name = '', description = '', picture = NULL, empty_since = ? WHERE id = ?"
		);
		this.#dropWebhooks = db.prepare<[ConversationId]>('DELETE FROM webhooks WHERE conversation_id = ?');
		this.#emptyDirect = db.prepare<[{ readonly now: number; readonly user: UserId }]>(
			`UPDATE conversations SET empty_since = @now
			WHERE kind = 'direct' AND id IN (SELECT conversation_id FROM members WHERE user_id = @user)
				AND NOT EXISTS (SELECT 1 FROM members JOIN users ON users.id = user_id
					WHERE conversation_id = conversations.id AND deleted_at IS NULL)`
		);
		this.#over = db
			.prepare<[number], ConversationId>(
				`SELECT id FROM conversations WHERE empty_since <= ? AND NOT EXISTS
				(SELECT 1 FROM reports WHERE conversation_id = conversations.id AND settled_at IS NULL)`
			)
			.pluck();
		this.#done = db.prepare<[ConversationId]>('UPDATE conversations SET empty_since = NULL WHERE id = ?');
	}

	/** Within the transaction in which somebody has gone from a group. */
	left(id: ConversationId): void {
		const { members, requests, pictures, due, now } = this.#parts;
		if (members.countIn([id]) > 0) return;
		const picture = this.#pictureOf.get(id);
		this.#empty.run(now(), id);
		pictures.letGo(picture);
		this.#dropWebhooks.run(id);
		// Nobody is there to let them in.
		for (const asking of requests.of(id)) {
			requests.delete(id, asking.id);
			due.addDirectory(asking.id);
		}
	}

	/** Within the transaction that has deleted an account. */
	deleted(user: UserId): void {
		this.#emptyDirect.run({ now: this.#parts.now(), user });
	}

	/** Erases what is over, and looks again some hours later. Resolves, never rejects, once all has been tried. */
	run(): Promise<void> {
		this.#stopWaiting();
		this.#running ??= this.#eraseAll().finally(() => {
			this.#running = undefined;
			if (!this.#isStopped) this.#stopWaiting = this.#parts.after(LOOK_EVERY_MS, () => void this.run());
		});
		return this.#running;
	}

	/** Nothing is begun any more; the next start goes on. */
	stop(): void {
		this.#isStopped = true;
		this.#stopWaiting();
	}

	/** By author, since the relay looks through all that one has written: somebody may have left many groups. */
	async #eraseAll(): Promise<void> {
		const { now, members, relay, log } = this.#parts;
		const over = this.#over.all(now() - EMPTY_KEPT_MS);
		const authors = new Map<UserId, Set<ConversationId>>();
		for (const id of over) {
			const former = members.formerOf(id).map(({ person }) => person);
			for (const { id: author } of [...former, ...members.of(id)])
				authors.set(author, (authors.get(author) ?? new Set()).add(id));
		}
		const left = new Set<ConversationId>();
		for (const [author, written] of authors) {
			if (this.#isStopped) return;
			try {
				for (const name of await relay.writtenBy(author)) {
					const room = parseRoom(name);
					if (this.#isStopped) return;
					if (room?.type === 'segment' && written.has(room.conversation)) await relay.erase(name, { author });
				}
			} catch (error) {
				if (this.#isStopped) return;
				// The others fail for the same reason, most likely.
				if (left.size === 0)
					log.error({ err: error }, 'what was written where nobody is any more could not be erased');
				for (const id of written) left.add(id);
			}
		}
		for (const id of over) if (!left.has(id)) this.#done.run(id);
	}
}
