import type { AppModel } from '../../state/models';

type Held = Pick<AppModel, 'sync' | 'conversations' | 'salvaged' | 'queued'>;

/** How much is lost with this device's copy: what waits to leave, what never can, and what is only begun. */
export function lostWithThisDevice({ sync, conversations, salvaged, queued }: Held) {
	const drafts = conversations.filter(({ draft }) => draft.trim() !== '').length;
	const unsent = sync.unsent + salvaged.length;
	return { unsent, drafts, queued: queued.length, any: unsent + drafts + queued.length > 0 };
}
