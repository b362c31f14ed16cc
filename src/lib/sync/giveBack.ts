/**
 * A server that was put back to an older copy writes its documents anew, and names no segment that it knows nothing of. So
 * where an info document was written anew, all segments that this device keeps are opened once, and what of them is one's
 * own is given back. It is loaded when there is such a document.
 */
import { bringSegment } from './whenBroughtUp';
import { infoRoom, parseRoom } from '../protocol/rooms';
import type { BringUpOptions } from './bringUp';
import type { ConversationSync } from './conversationSync';

export interface GiveBackOptions extends Pick<BringUpOptions, 'local' | 'link' | 'look'> {
	/** Of one in which this device has gone on further than the relay lets it: true while that is so. */
	readonly askToGoOn: (sync: ConversationSync) => Promise<boolean>;
}

/** Rejects if the rest must be tried again later. */
export async function giveBack(
	sync: ConversationSync,
	{ local, link, look, askToGoOn }: GiveBackOptions
): Promise<void> {
	const { id, rewritings, live } = sync;
	const key = `given back ${infoRoom(id)}`;
	if ((await local.get('acks', key)) === rewritings) return;
	const isAhead = await askToGoOn(sync);
	const names = live === 0 ? [] : await local.keys('acks');
	const kept = names.flatMap((name) => {
		const room = parseRoom(name);
		return room?.type === 'segment' && room.conversation === id ? [room.segment] : [];
	});
	for (const n of kept.sort((a, b) => a - b))
		if (!sync.openSegments.includes(n))
			await bringSegment(sync, n, { link, look: () => look(sync), alone: true });
	// The rest is given back once it has gone on.
	if (!isAhead) await local.put('acks', key, rewritings);
}
