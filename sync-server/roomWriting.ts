/** What the server itself writes and reads in a room. Invariant: what it gives is on disk. */
import type * as Y from 'yjs';
import type { HeldDocument } from './heldDocument';
import type { RoomDocument, Written } from './roomDocument';
import type { RoomLedger } from './roomLedger';
import type { RoomShares } from './roomShares';
import type { RoomUse } from './roomUse';
import type { Stamp } from '../src/lib/domain/stamp';
import type { StoreHealth } from './storeHealth';
import type { StoreQuota } from './storeQuota';
import type { UserId } from '../src/lib/domain/ids';
import type { VersionVector } from '../src/lib/domain/versionVector';
import type { WriteKey } from './roomStore';

export interface RoomWritingOptions {
	readonly room: string;
	readonly use: RoomUse;
	readonly held: HeldDocument;
	readonly ledger: RoomLedger;
	readonly health: StoreHealth;
	readonly quota: StoreQuota;
	/** Carries a change out; throws if it cannot be made, and then the document is of no further use. */
	readonly attempt: <T>(change: () => T) => T;
}

export interface ServerWrite<T> {
	readonly author: UserId;
	readonly action: (doc: Y.Doc, tick: () => Stamp) => T;
	/** Names the writing, for {@link RoomStore.entryOfKey}. */
	readonly keysOf?: (result: T, client: number) => readonly WriteKey[];
	/** Nothing is written if this is false in the turn in which it would be staged. */
	readonly holds?: () => boolean;
}

/** What was written, and the client that wrote. */
export type WriteResult<T> = Pick<Written<T>, 'result' | 'client'>;

export class RoomWriting {
	readonly #options: RoomWritingOptions;

	constructor(options: RoomWritingOptions) {
		this.#options = options;
	}

	/**
	 * Lets the server write in the document. Resolves once what it wants is on disk; rejects if it cannot be stored. Gives
	 * undefined, and writes nothing, if it no longer holds, or if it was to be dropped with what the author wrote.
	 */
	async write<T>(write: ServerWrite<T>): Promise<WriteResult<T> | undefined> {
		const { room, use, held, ledger } = this.#options;
		return use.during(async () => {
			for (;;) {
				const attempt = await held.use((document) =>
					(write.holds?.() ?? true)
						? { written: this.#stage(document, write), durable: ledger.whenDurable() }
						: undefined
				);
				if (!attempt) return undefined;
				const failure = await attempt.durable;
				if (!failure) return attempt.written;
				if (!failure.isOfAnother)
					throw new Error(`room ${room} could not be written`, { cause: failure.error });
			}
		});
	}

	/** What `read` sees in the document, once all of that is on disk. */
	async read<T>(read: (document: RoomDocument) => T): Promise<T> {
		const { use, held, ledger } = this.#options;
		return use.during(async () => {
			for (;;) {
				const { seen, durable } = await held.use((document) => ({
					seen: read(document),
					durable: ledger.whenDurable()
				}));
				if (!(await durable)) return seen;
			}
		});
	}

	/** How long a user's own logs are on disk. */
	lengthsOf(user: UserId): Promise<VersionVector> {
		return this.read(
			(document) => new Map([...document.vector()].filter(([client]) => document.owner(client) === user))
		);
	}

	/** What each user takes of it. Settles once the document is in memory. */
	shares(): Promise<RoomShares> {
		return this.#options.held.use(({ shares }) => shares);
	}

	#stage<T>(document: RoomDocument, { author, action, keysOf }: ServerWrite<T>): WriteResult<T> {
		const { room, ledger, health, quota, attempt } = this.#options;
		if (health.holds) throw new Error(`room ${room} cannot be written now`, { cause: health.error });
		const { shares } = document;
		const { result, update, erased, growth, client } = attempt(() => document.write(author, action));
		if (update) {
			const told = quota.book(growth, shares);
			const stored = { room, update, erased, shares: told, keys: keysOf?.(result, client) };
			ledger.stage(stored, new Map([[client, document.state(client)]]), author);
		}
		return { result, client };
	}
}
