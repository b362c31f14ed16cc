import { createEmitter } from './emitter';
import type { ConversationId } from '../domain/ids';
import type { LocalStore } from './ports';

/** Text begun and not sent, of each conversation, kept as typed. */
export async function openDrafts(local: LocalStore) {
	const changed = createEmitter();
	const drafts = new Map<ConversationId, string>(await local.all<string>('drafts'));
	/** Sent, and kept until the message is on disk. */
	const leaving = new Map<ConversationId, string>();

	function keep(id: ConversationId, text: string): Promise<void> {
		return text === '' ? local.delete('drafts', id) : local.put('drafts', id, text);
	}

	return {
		onChange: changed.on,
		get: (id: ConversationId): string => drafts.get(id) ?? '',
		/** Settles once it is on disk; rejects if it cannot be. */
		set(id: ConversationId, text: string): Promise<void> {
			if (text === '') drafts.delete(id);
			else drafts.set(id, text);
			changed.emit();
			return text === '' && leaving.has(id) ? Promise.resolve() : keep(id, text);
		},
		/** Clears the field at once, and the disk when `stored` says that the message is there. */
		async sent(id: ConversationId, stored: Promise<void>): Promise<void> {
			leaving.set(id, drafts.get(id) ?? '');
			drafts.delete(id);
			changed.emit();
			try {
				await stored;
				if (!drafts.has(id)) await keep(id, '');
			} finally {
				leaving.delete(id);
			}
		},
		get count(): number {
			return drafts.size;
		},
		get all(): ReadonlyMap<ConversationId, string> {
			return drafts;
		}
	};
}
