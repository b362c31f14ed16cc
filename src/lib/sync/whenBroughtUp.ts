import type { ConversationSync } from './conversationSync';
import type { Link } from './link';

/** Settles once all that the relay has of the conversation is here, or it was refused; rejects when the link ends first. */
export async function whenBroughtUp(
	sync: ConversationSync,
	link: Pick<Link, 'status' | 'onChange'>
): Promise<void> {
	await sync.whenLoaded;
	await new Promise<void>((resolve, reject) => {
		const stops = [sync.onChange(look), link.onChange(look)];
		function look(): void {
			const done = sync.synced || sync.refusal !== undefined;
			if (!done && link.status === 'online') return;
			for (const stop of stops) stop();
			if (done) resolve();
			else reject(new Error('the connection ended'));
		}
		look();
	});
}
