import type { ConversationSync } from './conversationSync';
import type { Link } from './link';

type Brought = Pick<
	ConversationSync,
	'whenLoaded' | 'onChange' | 'refusal' | 'isForgotten' | 'isAhead' | 'synced' | 'syncedIn' | 'isRefusedIn'
>;

/** There is more before what is here, and in that no message. */
export const lacksMessage = ({ hasEarlier, heldItems }: ConversationSync): boolean =>
	hasEarlier && !heldItems.some(({ type }) => type === 'message');

/**
 * Settles once all that the relay has of what is open of the conversation is here, or of segment n alone, or it was
 * refused; rejects when the link ends first.
 */
export async function whenBroughtUp(
	sync: Brought,
	link: Pick<Link, 'status' | 'onChange'>,
	n?: number
): Promise<void> {
	await sync.whenLoaded;
	await new Promise<void>((resolve, reject) => {
		const stops = [sync.onChange(look), link.onChange(look)];
		function look(): void {
			const isHere = n === undefined ? sync.synced || sync.isAhead : sync.syncedIn(n) || sync.isRefusedIn(n);
			const done = isHere || sync.isForgotten || sync.refusal !== undefined;
			if (!done && (link.status === 'online' || link.status === 'connecting')) return;
			for (const stop of stops) stop();
			if (done) resolve();
			else reject(new Error('the connection ended'));
		}
		look();
	});
}

/** The same for a segment that need not be shown: once it is here it is looked at, and let go again. */
export async function bringSegment(
	sync: ConversationSync,
	segment: number,
	{
		link,
		look,
		alone = false
	}: {
		readonly link: Pick<Link, 'status' | 'onChange'>;
		readonly look: () => void;
		/** Whatever else is on its way, and though the relay has no such segment. */
		readonly alone?: boolean;
	}
): Promise<void> {
	const held = sync.holdSegment(segment);
	try {
		await whenBroughtUp(sync, link, alone ? segment : undefined);
		look();
	} finally {
		await held.letGo();
	}
}
