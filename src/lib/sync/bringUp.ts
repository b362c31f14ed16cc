/**
 * Brings one conversation up to date though nobody looks at it: its end, what changed in it elsewhere, and what becomes
 * of it if the server has forgotten it. It is loaded with the first connection.
 */
import { bringNewest } from './bringNewest';
import { bringSegment, whenBroughtUp } from './whenBroughtUp';
import { parseRoom } from '../protocol/rooms';
import type { ChangedSegments } from './changedSegments';
import type { ConversationId, UserId } from '../domain/ids';
import type { ConversationSync } from './conversationSync';
import type { Link } from './link';
import type { LocalStore } from './ports';
import type { Outbox } from './outbox';
import type { Summaries } from './summaries';

export interface BringUpOptions {
	readonly self: UserId;
	readonly link: Pick<Link, 'status' | 'onChange'>;
	readonly local: LocalStore;
	readonly outbox: Outbox;
	readonly summaries: Summaries;
	readonly changed: ChangedSegments;
	/** The server knew it once, and names it no longer. */
	readonly isForgotten: boolean;
	/** Called while something of it is here that is let go of again: what is shown of it in the list may be another. */
	readonly look: (sync: ConversationSync) => void;
}

/** Rejects if the rest must be tried again later. */
export async function bringUp(sync: ConversationSync, options: BringUpOptions): Promise<void> {
	const { link, look } = options;
	await whenBroughtUp(sync, link);
	if (options.isForgotten) await (await import('./makeAgain')).makeAgain(sync, options);
	else {
		await bringNewest(sync, link);
		await bringChanged(sync, options);
		if (sync.rewritings !== '') await giveBack(sync, options);
	}
	look(sync);
}

/** What is due of an open conversation, newest first. */
async function bringChanged(
	sync: ConversationSync,
	{ link, local, changed, look }: BringUpOptions
): Promise<void> {
	const { id } = sync;
	const keptOf = async (all: readonly number[]) => {
		const from = all.length > 0 ? await firstKept(id, local) : Infinity;
		return all.filter((n) => n >= from);
	};
	const closed = changed.take(id).filter((n) => !sync.openSegments.includes(n));
	const kept = await keptOf(closed).catch((error: unknown) => {
		changed.add(id, closed);
		throw error;
	});
	for (const [i, n] of kept.entries()) {
		try {
			await bringSegment(sync, n, { link, look: () => look(sync) });
		} catch (error) {
			changed.add(id, kept.slice(i));
			throw error;
		}
	}
}

/** The first segment that this device keeps anything of; Infinity if it keeps none. */
async function firstKept(id: ConversationId, local: LocalStore): Promise<number> {
	let first = Infinity;
	for (const name of await local.keys('acks')) {
		const room = parseRoom(name);
		if (room?.type === 'segment' && room.conversation === id) first = Math.min(first, room.segment);
	}
	return first;
}

async function giveBack(sync: ConversationSync, options: BringUpOptions): Promise<void> {
	const [part, { askToGoOn }] = await Promise.all([import('./giveBack'), import('./makeAgain')]);
	await part.giveBack(sync, { ...options, askToGoOn: (ahead) => askToGoOn(ahead, options) });
}
