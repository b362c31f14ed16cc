/**
 * The conversations that are open on this device now: by a screen, because they are being brought up to date, or
 * because something of them still has to leave. Each is open once, however many use it, and closes after the last.
 */
import { createEmitter } from './emitter';
import type { ConversationId } from '../domain/ids';
import type { ConversationSync } from './conversationSync';
import type { Timers } from './ports';

interface Open {
	readonly sync: ConversationSync;
	users: number;
	/** Of the users, those who look at it. */
	viewers: number;
	stopClosing: () => void;
}

export interface OpenConversationsOptions {
	readonly open: (id: ConversationId) => ConversationSync;
	/** False while it must stay open though nobody uses it. */
	readonly mayClose: (sync: ConversationSync) => boolean;
	readonly timers: Timers;
	/** Somebody begins or ends to look at one. */
	readonly onViewed?: () => void;
	/** Nobody uses it any more, and it is closed next. */
	readonly onClosing?: (sync: ConversationSync) => void;
	/** Called with each change of an open conversation. */
	readonly onChange: (sync: ConversationSync) => void;
}

/** One that is left is often come back to at once. */
const CLOSE_AFTER_MS = 3_000;

export type OpenConversations = ReturnType<typeof createOpenConversations>;

export function createOpenConversations(options: OpenConversationsOptions) {
	const { open, mayClose, timers, onChange, onClosing = () => {}, onViewed = () => {} } = options;
	const changed = createEmitter();
	const all = new Map<ConversationId, Open>();

	function closeSoon(id: ConversationId, entry: Open): void {
		entry.stopClosing();
		if (entry.users > 0) return;
		entry.stopClosing = timers.after(CLOSE_AFTER_MS, () => {
			if (entry.users > 0 || all.get(id) !== entry) return;
			if (!mayClose(entry.sync)) return closeSoon(id, entry);
			onClosing(entry.sync);
			all.delete(id);
			void entry.sync.close();
			changed.emit();
		});
	}

	function view(entry: Open, by: 1 | -1): void {
		entry.viewers += by;
		onViewed();
	}

	/** Opens it, or joins those who use it. Each use is released once. In the background: nobody looks at it. */
	function use(
		id: ConversationId,
		{ inBackground = false } = {}
	): { sync: ConversationSync; release: () => void } {
		let entry = all.get(id);
		if (!entry) {
			const sync = open(id);
			entry = { sync, users: 0, viewers: 0, stopClosing: () => {} };
			all.set(id, entry);
			sync.onChange(() => onChange(sync));
			changed.emit();
		}
		const used = entry;
		used.users += 1;
		if (!inBackground) view(used, 1);
		used.stopClosing();
		let released = false;
		return {
			sync: used.sync,
			release() {
				if (released) return;
				released = true;
				used.users -= 1;
				if (!inBackground) view(used, -1);
				closeSoon(id, used);
			}
		};
	}

	return {
		onChange: changed.on,
		get: (id: ConversationId): ConversationSync | undefined => all.get(id)?.sync,
		values: (): ConversationSync[] => [...all.values()].map(({ sync }) => sync),
		/** Somebody looks at it. */
		isViewed: (id: ConversationId): boolean => (all.get(id)?.viewers ?? 0) > 0,
		use,
		/** Opens it for a moment, so that what has changed of it is seen; it stays while something has to leave. */
		glance: (id: ConversationId): void => use(id, { inBackground: true }).release(),
		async close(): Promise<void> {
			for (const { stopClosing } of all.values()) stopClosing();
			await Promise.all([...all.values()].map(({ sync }) => sync.close()));
			all.clear();
		}
	};
}
