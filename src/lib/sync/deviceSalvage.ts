/**
 * Sees to it that nothing typed is stranded in a conversation that can no longer be written to: one that the server
 * would not make, and one that the user is no longer in. What was sent to neither is kept among the salvaged texts.
 */
import { summaryNames, type Summarized } from './summarize';
import type { ConversationId } from '../domain/ids';
import type { CopyOptions } from './salvageCopy';
import type { ConversationSync } from './conversationSync';
import type { DirectorySync } from './directorySync';
import type { Drafts } from './drafts';
import type { Edits } from './edits';
import type { EntryId } from '../domain/entry';
import type { OpenConversations } from './openConversations';
import { isNewConversation } from './newConversations';
import type { Outbox } from './outbox';
import type { SalvagedTexts, SalvageReason } from './salvagedTexts';
import type { Tabs } from './ports';
import type { Summaries } from './summaries';
import type { Unsent } from './unsent';

export interface DeviceSalvageOptions {
	readonly salvaged: SalvagedTexts;
	readonly open: OpenConversations;
	readonly outbox: Outbox;
	readonly directory: DirectorySync;
	readonly summaries: Summaries;
	readonly unsent: Unsent;
	readonly drafts: Drafts;
	readonly edits: Edits;
	readonly tabs: Pick<Tabs, 'join'>;
	/** Made on this device, and not by the server yet, or not at all; or the server has forgotten it. */
	readonly isOurs: (id: ConversationId) => boolean;
	/** What names are known from. */
	readonly known: () => Omit<Summarized, 'sync' | 'before' | 'reading'>;
	/** Wall clock in milliseconds. */
	readonly now: () => number;
	/** A text could not be copied to disk; it stays where it was. */
	readonly onProblem: (error: unknown) => void;
}

export function createDeviceSalvage(options: DeviceSalvageOptions) {
	const { open, outbox, directory, summaries, unsent, drafts, edits } = options;
	const keeping = new Set<ConversationId>();
	const asked = new WeakSet<ConversationSync>();

	/** What is said with a text that is kept. */
	const describe = (id: ConversationId) => (): ReturnType<CopyOptions['describe']> => {
		const sync = open.get(id);
		// Not as one has renamed it alone: what waits for the server may never come to be.
		const names = summaryNames({ ...options.known(), sync: { id, info: sync?.told ?? sync?.info } });
		return {
			name: names.name || (summaries.get(id)?.name ?? ''),
			quote(target) {
				const quote = sync?.quote(target);
				if (quote?.state !== 'shown') return undefined;
				return { authorName: names.nameOf(quote.message.author), text: quote.message.text };
			}
		};
	};

	/** Little is ever typed where it can never leave, so what is done about it is loaded then. */
	async function keepTyped(conversation: ConversationId, reason: SalvageReason): Promise<void> {
		const { text } = drafts.get(conversation, drafts.adopt(conversation));
		if (keeping.has(conversation) || (!edits.get(conversation) && text.trim() === '')) return;
		keeping.add(conversation);
		try {
			const { keepTypedText } = await import('./keepTyped');
			await keepTypedText(conversation, { ...options, reason, describe: describe(conversation) });
		} catch (error) {
			options.onProblem(error);
		} finally {
			keeping.delete(conversation);
		}
	}

	function followRefused(): void {
		const { conversations } = directory.current;
		const made = outbox.commands.filter(isNewConversation);
		const asked = made.filter(({ refusal }) => !refusal).map(({ command }) => command.request.id);
		const going = new Set([...asked, ...conversations.keys()]);
		for (const sync of open.values()) if (sync.givenUp && going.has(sync.id)) sync.goOn();
		for (const { command, refusal } of made) {
			const { id } = command.request;
			if (!refusal || going.has(id)) continue;
			const { sync, release } = open.use(id);
			sync.giveUp();
			release();
			void keepTyped(id, 'notMade');
		}
	}

	/** The relay is asked: it takes what was written, or refuses it for good. */
	function followUnlisted(): void {
		if (!directory.known) return;
		const here = new Set([...summaries.all.keys(), ...open.values().map(({ id }) => id)]);
		for (const id of here) {
			if (directory.current.conversations.has(id) || options.isOurs(id)) continue;
			if (!unsent.isIn(id)) summaries.delete(id);
			else {
				const summary = summaries.get(id);
				// Kept with it: a server that is put back to before that does not know it.
				if (summary && !summary.left) summaries.set(id, { ...summary, left: true });
				const { sync, release } = open.use(id, { inBackground: true });
				if (!asked.has(sync)) sync.connect();
				asked.add(sync);
				// The server knows of none: it was put back to an older copy, and nobody makes it again for this user.
				if (sync.isForgotten) sync.giveUp();
				release();
			}
		}
		for (const id of directory.left) if (!options.isOurs(id)) void keepTyped(id, 'removed');
	}

	function retarget(id: ConversationId, names: ReadonlyMap<EntryId, EntryId>): void {
		open.get(id)?.noteRenamed(names);
		void drafts.retarget(id, names).catch(options.onProblem);
		void edits.retarget(id, names).catch(options.onProblem);
	}

	const toTabs = options.tabs.join('renamed', (message) => {
		const [id, names] = JSON.parse(new TextDecoder().decode(message)) as [string, [EntryId, EntryId][]];
		retarget(id, new Map(names));
	});

	/**
	 * What is begun in the field, of this tab or another, about a message that was written again under another name is about
	 * that one. Other tabs hear of it before they hear that the old one is gone.
	 */
	const renamed =
		(id: ConversationId) =>
		(names: ReadonlyMap<EntryId, EntryId>): void => {
			toTabs.post(new TextEncoder().encode(JSON.stringify([id, [...names]])));
			retarget(id, names);
		};

	return {
		describe,
		renamed,
		close: () => toTabs.leave(),
		/** One that the server has not heard of: what was written in it is kept. False if it may have meanwhile. */
		async discard(id: ConversationId): Promise<boolean> {
			const { discardConversation } = await import('./discardConversation');
			return discardConversation(id, { open, outbox, keepTyped: () => keepTyped(id, 'discarded') });
		},
		/** Call when the directory, the outbox or what is unsent has changed. */
		follow(): void {
			followRefused();
			followUnlisted();
		}
	};
}
