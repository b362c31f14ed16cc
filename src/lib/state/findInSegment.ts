import { whenBroughtUp } from '../sync/whenBroughtUp';
import type { ConversationSync } from '../sync/conversationSync';
import type { Link } from '../sync/link';

interface Search<Found, Shown> {
	readonly link: Pick<Link, 'status' | 'onChange'>;
	/** Asks the relay too, if this device does not have it. */
	readonly fetch: boolean;
	readonly find: () => Found | undefined;
	readonly show: (found: Found) => Promise<Shown>;
}

/**
 * Looks for something in segment n, and shows it: what stands on the screen stays there until it is found. Undefined if
 * it is not here and cannot be fetched now.
 */
export async function findInSegment<Found, Shown>(
	conversation: ConversationSync,
	n: number,
	{ link, fetch, find, show }: Search<Found, Shown>
): Promise<Shown | undefined> {
	const fetched = () =>
		whenBroughtUp(conversation, link, n).catch(() => {
			// Without a connection it does not come: what this device has is all there is to look through.
		});
	// On a new device it may not be known yet how far the conversation goes.
	if (n > conversation.live && fetch) await fetched();
	if (n > conversation.live || (!fetch && !(await conversation.keepsSegment(n)))) return undefined;
	const held = conversation.holdSegment(n);
	try {
		await held.whenLoaded;
		let found = find();
		if (found === undefined && fetch) {
			await fetched();
			found = find();
		}
		return found === undefined ? undefined : await show(found);
	} finally {
		await held.letGo();
	}
}
