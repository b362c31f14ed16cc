/**
 * What the list of conversations shows of each, kept apart from their documents, so that a thousand of them paint
 * without opening one.
 */
import { createEmitter } from './emitter';
import type { ConversationId, UserId } from '../domain/ids';
import type { ConversationKind } from '../domain/info';
import type { EntryId } from '../domain/entry';
import type { LocalStore, Tabs } from './ports';

export interface Summary {
	readonly kind: ConversationKind;
	readonly name: string;
	/** Names to draw the swatch from. */
	readonly swatch: readonly string[];
	/** Who is in it besides oneself; absent in one that an older version kept. */
	readonly others?: readonly UserId[];
	/** The picture to show instead, if one was set. */
	readonly picture?: string;
	/** The newest message; undefined while there is none. */
	readonly last?: {
		readonly author: UserId;
		readonly authorName: string;
		readonly text: string;
		readonly at: number;
		readonly deleted: boolean;
	};
	/** When it last changed for people, in milliseconds since 1970: the list's order. */
	readonly at: number;
	/** Messages of others that the user has not read: the first ones by id, and how many in all. */
	readonly unread: readonly EntryId[];
	readonly unreadCount: number;
	/** Of the unread, how many name the user; absent in one that an older version kept. */
	readonly mentions?: number;
	/** Of the unread, how many arrived into earlier history. */
	readonly lateCount: number;
	/** There are more than that: segments that were not loaded may have some. */
	readonly unreadGoesOn?: boolean;
	/** Of these, such as are still known to be late when their segment is not in memory: the first ones by id. */
	readonly late?: readonly EntryId[];
	/** People who ask to join, where the user may let them in; absent in one that an older version kept. */
	readonly asking?: number;
	/** Pinned messages, as far as this device has had their segments in memory; absent in one that an older version kept. */
	readonly pins?: readonly EntryId[];
	/** Own messages that only this device has, and the segments with anything of one's own that has still to leave. */
	readonly unsent: number;
	readonly unsentSegments: readonly number[];
	/** How many of these messages each segment has, where it has any; absent in one that an older version kept. */
	readonly unsentIn?: Readonly<Record<number, number>>;
	/** The same of deletions, reactions and pins that the others do not know of. */
	readonly changesIn?: Readonly<Record<number, number>>;
	/** The segment that takes new messages, as far as this device knows. */
	readonly live: number;
	/** All that the relay had when it was last asked is on this device. */
	readonly complete: boolean;
	/** The server has told of it on this device; absent in one that an older version kept. */
	readonly made?: boolean;
	/** The user is not in it any more, as the server has said; what they wrote may be here still. */
	readonly left?: true;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Ids of pinned messages kept in a summary: the latest ones. */
export const SUMMARY_PINS_MAX = 100;

/** Ids of unread messages kept in a summary; beyond these only their number. */
export const SUMMARY_UNREAD_MAX = 100;

export type Summaries = Awaited<ReturnType<typeof openSummaries>>;

/** What one tab keeps, the others show: what waits in a tab would be lost with a device that another one wipes. */
export async function openSummaries(local: LocalStore, tabs: Pick<Tabs, 'join'>) {
	const changed = createEmitter();
	const told = createEmitter<ConversationId>();
	const channel = tabs.join('summaries', (message) => void take(decoder.decode(message)));
	const summaries = new Map<ConversationId, Summary>(await local.all<Summary>('summaries'));

	const tell = (id: ConversationId): void => channel.post(encoder.encode(id));

	async function take(id: ConversationId): Promise<void> {
		const summary = await local.get<Summary>('summaries', id).catch(() => summaries.get(id));
		if (JSON.stringify(summaries.get(id)) === JSON.stringify(summary)) return;
		if (summary) summaries.set(id, summary);
		else summaries.delete(id);
		told.emit(id);
		changed.emit();
	}

	return {
		onChange: changed.on,
		/** Another tab has kept one, or taken it away. */
		onTold: told.on,
		get all(): ReadonlyMap<ConversationId, Summary> {
			return summaries;
		},
		get: (id: ConversationId): Summary | undefined => summaries.get(id),
		/** Keeps it if it says something new. */
		set(id: ConversationId, summary: Summary): void {
			if (JSON.stringify(summaries.get(id)) === JSON.stringify(summary)) return;
			summaries.set(id, summary);
			void local.put('summaries', id, summary).then(
				() => tell(id),
				() => {
					// Derived: the next opening of the conversation writes it again.
				}
			);
			changed.emit();
		},
		delete(id: ConversationId): void {
			summaries.delete(id);
			void local.delete('summaries', id).then(
				() => tell(id),
				() => {
					// It is not listed without its directory entry either.
				}
			);
			changed.emit();
		},
		close: () => channel.leave()
	};
}
