import type { ConversationSync } from '../sync/conversationSync';
import type { Device } from '../sync/device';

type Sources = Pick<Device, 'home' | 'link'>;

/**
 * Settles once this device knows where reading goes on in a conversation, or cannot be told now, or `until` is aborted.
 * It knows once the relay has told it what the user has read elsewhere and how far the conversation goes, and something
 * of it is here. Without that a new device would begin at the first of what was read long ago.
 */
export async function whenReadable(
	sync: ConversationSync,
	{ home, link }: Sources,
	until: AbortSignal
): Promise<void> {
	const isKnown = () =>
		home.room.complete && sync.info !== undefined && (sync.complete || sync.items.length > 0);
	const mayBeTold = () => link.status === 'online' || link.status === 'connecting';
	await sync.whenLoaded;
	await new Promise<void>((resolve) => {
		const stops = [sync.onChange(look), home.onChange(look), link.onChange(look)];
		function look(): void {
			if (!until.aborted && !isKnown() && mayBeTold() && sync.refusal === undefined) return;
			for (const stop of stops) stop();
			until.removeEventListener('abort', look);
			resolve();
		}
		until.addEventListener('abort', look);
		look();
	});
}
