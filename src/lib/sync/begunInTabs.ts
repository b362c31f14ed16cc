/**
 * What is begun in other tabs of this browser, or was left by one that is gone, and is nowhere else: erasing the browser's
 * copy would lose it. Each tab is a device of its own, with rows of its own in the table of drafts.
 */
import { draftKey } from '../domain/draftState';
import type { ConversationId } from '../domain/ids';
import type { Draft } from '../domain/draftState';
import type { EditBegun } from './edits';
import type { Home } from './home';
import type { LocalStore } from './ports';

export interface BegunInTab {
	readonly conversation: ConversationId;
	readonly text: string;
}

export interface BegunInTabsOptions {
	readonly local: Pick<LocalStore, 'all'>;
	readonly home: Pick<Home, 'deviceId' | 'draftOf' | 'isTaken'>;
	/** Conversations in which something may be begun. */
	readonly conversations: Iterable<ConversationId>;
}

/** The browser that a tab's device belongs to. */
const browserOf = (device: string): string => device.split('.')[0]!;

export async function begunInOtherTabs({
	local,
	home,
	conversations
}: BegunInTabsOptions): Promise<BegunInTab[]> {
	const begun: BegunInTab[] = [];
	const note = (conversation: ConversationId, text: string) =>
		text.trim() !== '' && begun.push({ conversation, text });
	/** What was typed last is in a row, until home has it. */
	const typed = new Set<string>();
	for (const [row, kept] of await local.all<Draft | EditBegun>('drafts')) {
		const [, kind, device, id] = /^(edit |sent )?([^/ ]+)\/([^/]+)/.exec(row) ?? [];
		if (device === undefined || id === undefined || device === home.deviceId) continue;
		// What was sent stands as a message.
		if (kind === 'sent ') continue;
		if (!('target' in kept)) typed.add(draftKey(id, device));
		if (!('target' in kept) || kept.text.trim() !== kept.was.trim()) note(id, kept.text);
	}
	for (const id of conversations)
		for (const { writer, text } of home.draftOf(id).begun) {
			const isOtherTab = writer !== home.deviceId && browserOf(writer) === browserOf(home.deviceId);
			const key = draftKey(id, writer);
			if (isOtherTab && !typed.has(key) && !home.isTaken(key)) note(id, text);
		}
	return begun;
}
