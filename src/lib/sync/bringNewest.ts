import { lacksMessage, whenBroughtUp } from './whenBroughtUp';
import type { ConversationSync } from './conversationSync';
import type { Link } from './link';

/**
 * Goes back from the end to the newest message: where history begins at joining, and many have joined since, it stands
 * segments back. Settles where that is found, or nothing more can be brought; rejects when the link ends first.
 */
export async function bringNewest(
	sync: ConversationSync,
	link: Pick<Link, 'status' | 'onChange'>
): Promise<void> {
	for (let reached = Infinity; lacksMessage(sync) && sync.window.first < reached;) {
		reached = sync.window.first;
		// What is asked for is shown when it is asked for again, once it is here.
		await sync.loadEarlier();
		await whenBroughtUp(sync, link);
		await sync.loadEarlier();
	}
}
