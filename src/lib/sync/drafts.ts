/**
 * Drafts, kept as typed. Each key goes into this device's own store at once; soon after into the user's home, which
 * brings it to their other devices. What is typed here stays in the field whatever other devices do: theirs are offered
 * beside it. Only a conversation that is opened with nothing typed here goes on from another device's draft: it is
 * *adopted*, by the name of that device. What a page that ended left behind is brought to home once it is known that it
 * was not sent.
 */
import { slotOf } from './deviceId';
import { createEmitter } from './emitter';
import {
	draftKey,
	draftValue,
	EMPTY_DRAFT,
	hasSeenDraft,
	isEmptyDraft,
	joinSeenDrafts,
	NO_DRAFTS_SEEN,
	type Draft,
	type SeenDrafts
} from '../domain/draftState';
import { fitsSetBody } from '../domain/bodies';
import type { ConversationId } from '../domain/ids';
import type { EntryId } from '../domain/entry';
import type { Clock } from '../domain/clock';
import type { Home } from './home';
import type { LocalStore, Tabs } from './ports';
import { ZERO_STAMP } from '../domain/stamp';
import type { TimelineMessage } from '../domain/timelineItem';
import { wasSent, type TypedDraft } from '../domain/sentDraft';

/** Typed here and not yet in the home document. */
interface Typed extends TypedDraft {
	/** What the person had before their eyes when they began: see domain/draftState. */
	readonly base: SeenDrafts;
}

export type Drafts = Awaited<ReturnType<typeof openDrafts>>;

export interface DraftsOptions {
	readonly local: LocalStore;
	readonly home: Home;
	readonly clock: Pick<Clock, 'tick'>;
	readonly tabs: Pick<Tabs, 'isOpen'>;
}

export async function openDrafts({ local, home, clock, tabs }: DraftsOptions) {
	const changed = createEmitter();
	const rowOf = (id: ConversationId) => `${home.deviceId}/${id}`;
	const typed = new Map<ConversationId, Typed>();
	/** One that was kept before all of this was kept with it: what it was written over is offered too. */
	const whole = (draft: Typed): Typed => ({
		...draft,
		base: draft.base instanceof Map ? draft.base : NO_DRAFTS_SEEN,
		stamp: draft.stamp ?? ZERO_STAMP
	});
	const rows = (await local.all<Typed>('drafts')).flatMap(([row, draft]) => {
		const [, device, id] = /^([^/ ]+)\/(.+)$/.exec(row) ?? [];
		return device !== undefined && id !== undefined ? [{ row, device, id, draft: whole(draft) }] : [];
	});
	for (const { device, id, draft } of rows) if (device === home.deviceId) typed.set(id, draft);
	// What a tab that is gone had not brought to home yet goes on here: no other tab would ever look for it.
	for (const { row, device, id, draft } of rows) {
		if (typed.has(id) || (await tabs.isOpen(slotOf(device)))) continue;
		typed.set(id, draft);
		// The other row goes only once this one is there.
		await local.put('drafts', rowOf(id), draft).then(
			() => local.delete('drafts', row),
			// As it was: the next tab that opens finds it again.
			() => undefined
		);
	}
	/** From an earlier page load, and perhaps sent in its last moment. */
	const restored = new Set(typed.keys());
	const writes = new Set<Promise<void>>();
	/** Sent, and kept on disk until the message is there. */
	const leaving = new Set<ConversationId>();

	const ownOf = (id: ConversationId) => home.draftOf(id).begun.find(({ writer }) => writer === home.deviceId);

	/** Another device's draft in the field: the one that was adopted, or that goes on from what was begun here. */
	function followed(id: ConversationId, adopted: string | undefined) {
		const { begun, heirs } = home.draftOf(id);
		const heir = heirs.get(home.deviceId);
		return begun.find(({ writer }) => writer === adopted) ?? begun.find(({ writer }) => writer === heir);
	}

	/** What the next writing here has seen: what its last one had, and another's draft if that is what is shown. */
	function baseOf(id: ConversationId, adopted: string | undefined): SeenDrafts {
		const base = home.draftOf(id).bases.get(home.deviceId) ?? NO_DRAFTS_SEEN;
		const shown = ownOf(id) ? undefined : followed(id, adopted);
		return shown ? joinSeenDrafts(base, new Map([[shown.writer, shown.stamp]])) : base;
	}

	/**
	 * Once it is in the home document and on disk there, this device's own copy has done its work. One that is too large
	 * for a fact stays on this device until it is shorter: no message could hold it either.
	 */
	function bring(id: ConversationId, draft: Typed): void {
		const key = draftKey(id, home.deviceId);
		const value = draftValue(draft, draft.base);
		if (!fitsSetBody({ key, value })) return;
		home.gather(key, () => {
			void settle(id, draft);
			return value;
		});
	}

	async function settle(id: ConversationId, draft: Typed): Promise<void> {
		// In the turn after the one that writes it.
		await Promise.resolve();
		try {
			await home.room.stored();
		} catch {
			// The disk does not take the document now, and says so itself: the text stays here.
			return;
		}
		if (typed.get(id) !== draft || leaving.has(id)) return;
		// It was asked for and not written: something that was gathered with it could not be.
		if ((ownOf(id)?.text ?? '') !== draft.text) return;
		typed.delete(id);
		await local.delete('drafts', rowOf(id));
		changed.emit();
	}

	function put(id: ConversationId, draft: Draft, base: SeenDrafts): Promise<void> {
		const done = write(id, draft, base).finally(() => writes.delete(done));
		writes.add(done);
		return done;
	}

	async function write(id: ConversationId, { text, replyTo }: Draft, base: SeenDrafts): Promise<void> {
		const next = { text, replyTo, base, stamp: clock.tick() };
		restored.delete(id);
		typed.set(id, next);
		bring(id, next);
		changed.emit();
		if (!leaving.has(id)) await local.put('drafts', rowOf(id), next);
	}

	/** What was typed here last, be it empty; undefined if that is long ago and gone. */
	const hereOf = (id: ConversationId) => typed.get(id) ?? ownOf(id);

	/** What the field shows. */
	function get(id: ConversationId, adopted?: string): Draft {
		return hereOf(id) ?? followed(id, adopted) ?? EMPTY_DRAFT;
	}

	return {
		onChange: changed.on,
		get,
		/** The device whose draft a conversation opens with: the newest, unless something was typed here. */
		adopt: (id: ConversationId): string | undefined =>
			isEmptyDraft(get(id)) ? home.draftOf(id).begun[0]?.writer : undefined,
		/** What the list shows as begun. A reply that was chosen here, with nothing typed yet, hides no text. */
		preview(id: ConversationId): string {
			const here = hereOf(id);
			if (here && (here.text !== '' || isEmptyDraft(here))) return here.text;
			return home.draftOf(id).begun.find(({ text }) => text !== '')?.text ?? '';
		},
		/** Drafts of other devices that what is shown here does not go on from. */
		others(id: ConversationId, adopted?: string): Draft[] {
			const { text: shown } = get(id, adopted);
			const here = typed.get(id);
			// What was typed here hides what it was typed over, and nothing that was written there since.
			const hidden = hereOf(id) ? home.deviceId : followed(id, adopted)?.writer;
			const theirs = home
				.draftOf(id)
				.begun.filter(({ writer }) => writer !== home.deviceId && writer !== hidden)
				.filter(({ text }) => text !== '' && text !== shown)
				.filter((draft) => !(here && hasSeenDraft(here.base, draft)));
			return theirs.map(({ text, replyTo }) => (replyTo === undefined ? { text } : { text, replyTo }));
		},
		/** Settles once it is on this device's disk; rejects if it cannot be. */
		set: (id: ConversationId, draft: Draft, adopted?: string): Promise<void> =>
			put(id, draft, typed.get(id)?.base ?? baseOf(id, adopted)),
		/** Settles once all that was typed is on this device's disk; rejects if it cannot be. */
		stored: async (): Promise<void> => void (await Promise.all(writes)),
		/** The same draft, where what it answers has another name now. */
		async retarget(id: ConversationId, names: ReadonlyMap<EntryId, EntryId>): Promise<void> {
			const here = hereOf(id);
			const replyTo = here?.replyTo === undefined ? undefined : names.get(here.replyTo);
			if (here && replyTo !== undefined)
				await put(id, { text: here.text, replyTo }, typed.get(id)?.base ?? baseOf(id, undefined));
		},
		/** The person has seen the others' drafts and goes on from this one. */
		choose: (id: ConversationId, draft: Draft): Promise<void> =>
			put(id, draft, joinSeenDrafts(baseOf(id, undefined), home.draftOf(id).seen)),
		/** Conversations with a draft of an earlier page load that `clearSent` has not looked at yet. */
		get restored(): readonly ConversationId[] {
			return [...restored];
		},
		/**
		 * Call when a conversation has been read from this device's disk, with the messages of this user in it: clears what
		 * was sent by a page that ended before it could.
		 */
		async clearSent(id: ConversationId, messages: readonly TimelineMessage[]): Promise<void> {
			const here = hereOf(id);
			const isHereSent = here !== undefined && wasSent(here, messages);
			const sent = home
				.draftOf(id)
				.begun.filter((draft) => draft.writer !== home.deviceId && wasSent(draft, messages));
			const kept = restored.delete(id) ? typed.get(id) : undefined;
			if (isHereSent || sent.length > 0) {
				const seen = new Map(sent.map(({ writer, stamp }) => [writer, stamp]));
				const base = typed.get(id)?.base ?? baseOf(id, undefined);
				await put(id, here && !isHereSent ? here : EMPTY_DRAFT, joinSeenDrafts(base, seen));
			} else if (kept) bring(id, kept);
		},
		/** Clears the field at once, and the disk when `stored` says that the message is there. */
		async sent(id: ConversationId, stored: Promise<void>, adopted?: string): Promise<void> {
			const base = typed.get(id)?.base ?? baseOf(id, adopted);
			leaving.add(id);
			void put(id, EMPTY_DRAFT, base);
			try {
				await stored;
			} catch (error) {
				leaving.delete(id);
				throw error;
			}
			leaving.delete(id);
			const now = typed.get(id);
			if (now) await local.put('drafts', rowOf(id), now);
		}
	};
}
