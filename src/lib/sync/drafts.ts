/**
 * Drafts, kept as typed. Each key goes into this device's own store at once; soon after into the user's home, which
 * brings it to their other devices. What is typed here stays in the field whatever other devices do: theirs are offered
 * beside it. Only a conversation that is opened with nothing typed here goes on from another device's draft: it is
 * *adopted*, by the name of that device. What a page that ended left behind is brought to home once it is known that it
 * was not sent: what was sent has a row of its own until the message is on the disk, beside what is typed meanwhile.
 */
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
import { draftRow, readDraftRows, sentRow, type Typed } from './draftRows';
import { fitsSetBody } from '../domain/bodies';
import type { ConversationId } from '../domain/ids';
import type { EntryId } from '../domain/entry';
import type { Clock } from '../domain/clock';
import type { Home } from './home';
import type { LocalStore, Tabs } from './ports';
import type { TimelineMessage } from '../domain/timelineItem';
import { ZERO_STAMP } from '../domain/stamp';
import { wasSent } from '../domain/sentDraft';

export type Drafts = Awaited<ReturnType<typeof openDrafts>>;

export interface DraftsOptions {
	readonly local: LocalStore;
	readonly home: Home;
	readonly clock: Pick<Clock, 'tick'>;
	readonly tabs: Pick<Tabs, 'isOpen'>;
}

export async function openDrafts({ local, home, clock, tabs }: DraftsOptions) {
	const changed = createEmitter();
	const { typed, unsure } = await readDraftRows({ local, deviceId: home.deviceId, tabs });
	const rowOf = (id: ConversationId) => draftRow(home.deviceId, id);
	/** From an earlier page load, and perhaps sent in its last moment. */
	const restored = new Set(typed.keys());
	const writes = new Set<Promise<void>>();
	/** Sent, and kept on disk in a row of its own until the message is there. */
	const leaving = new Set<{ readonly id: ConversationId; readonly kept: unknown }>();
	const leavingOf = (id: ConversationId) => [...leaving].filter((one) => one.id === id);

	const ownOf = (id: ConversationId) => home.draftOf(id).begun.find(({ writer }) => writer === home.deviceId);

	/** Another device's draft in the field: the one that was adopted, or that goes on from what was begun here. */
	function followed(id: ConversationId, adopted: string | undefined) {
		const { begun, heirs } = home.draftOf(id);
		const heir = heirs.get(home.deviceId);
		return begun.find(({ writer }) => writer === adopted) ?? begun.find(({ writer }) => writer === heir);
	}

	const ownBase = (id: ConversationId): SeenDrafts =>
		home.draftOf(id).bases.get(home.deviceId) ?? NO_DRAFTS_SEEN;

	/** What the next writing here has seen: what its last one had, and another's draft if that is what is shown. */
	function baseOf(id: ConversationId, adopted: string | undefined): SeenDrafts {
		const base = ownBase(id);
		const shown = ownOf(id) ? undefined : followed(id, adopted);
		return shown ? joinSeenDrafts(base, new Map([[shown.writer, shown.stamp]])) : base;
	}

	/**
	 * Once it is in the home document and on disk there, this device's own copy has done its work. One that is too large
	 * for a fact stays on this device until it is shorter: no message could hold it either.
	 */
	function bring(id: ConversationId, draft: Typed): void {
		const key = draftKey(id, home.deviceId);
		// Home may come after it was typed.
		const value = () => draftValue(draft, joinSeenDrafts(draft.base, ownBase(id)));
		if (!fitsSetBody({ key, value: value() })) return;
		home.gather(key, () => {
			void settle(id, draft);
			return value();
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
		if (typed.get(id) !== draft || leavingOf(id)[0]) return;
		// It was asked for and not written: something that was gathered with it could not be.
		if ((ownOf(id)?.text ?? '') !== draft.text) return;
		typed.delete(id);
		try {
			await local.delete('drafts', rowOf(id));
		} catch {
			// The row stays for now: whoever reads it next settles it.
		}
		changed.emit();
	}

	function put(id: ConversationId, draft: Draft, base: SeenDrafts): Promise<void> {
		const done = write(id, draft, base).finally(() => writes.delete(done));
		writes.add(done);
		return done;
	}

	async function write(id: ConversationId, { text, replyTo }: Draft, base: SeenDrafts): Promise<void> {
		const next = { text, replyTo, base, stamp: clock.tick() };
		const before = typed.get(id);
		const back = before && unsure.get(before);
		if (before) unsure.delete(before);
		restored.delete(id);
		typed.set(id, next);
		bring(id, next);
		changed.emit();
		await Promise.all(leavingOf(id).map(({ kept }) => kept));
		await keepTyped(id);
		if (back) await local.delete('drafts', back.row);
	}

	async function keepTyped(id: ConversationId): Promise<void> {
		const now = typed.get(id);
		if (now) await local.put('drafts', rowOf(id), now);
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
		/** What was begun here is nowhere else yet. What is adopted is with the device that wrote it. */
		isOnlyHere: (id: ConversationId): boolean =>
			(hereOf(id)?.text ?? '') !== '' && (typed.has(id) || !home.isTaken(draftKey(id, home.deviceId))),
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
			// Before anything is looked at: who types meanwhile goes on with that.
			const late = unsure.size > 0 ? await import('./sentTexts') : undefined;
			const back = [...unsure].filter(([, of]) => of.id === id);
			const here = hereOf(id);
			const isHereSent = here !== undefined && wasSent(here, messages);
			const sent = home
				.draftOf(id)
				.begun.filter((draft) => draft.writer !== home.deviceId && wasSent(draft, messages));
			const kept = restored.delete(id) ? typed.get(id) : undefined;
			if (isHereSent || sent.length > 0 || back.length > 0) {
				const seen = new Map(sent.map(({ writer, stamp }) => [writer, stamp]));
				const base = typed.get(id)?.base ?? baseOf(id, undefined);
				const field = here && !isHereSent ? here : EMPTY_DRAFT;
				const then = back.map(([draft]) => draft);
				const draft = late?.withLost(then, { field, here, messages }) ?? field;
				await put(id, draft, joinSeenDrafts(base, seen));
				for (const [draft, { row }] of back) {
					unsure.delete(draft);
					await local.delete('drafts', row);
				}
			} else if (kept) bring(id, kept);
		},
		/** Clears the field at once, and the disk when `stored` says that the message is there. */
		async sent(id: ConversationId, stored: Promise<void>, adopted?: string): Promise<void> {
			const base = typed.get(id)?.base ?? baseOf(id, adopted);
			const field = hereOf(id) ?? followed(id, adopted);
			const draft = { ...EMPTY_DRAFT, stamp: ZERO_STAMP, ...field, base };
			const row = sentRow(home.deviceId, id, draft);
			const one = { id, kept: draft.text && local.put('drafts', row, draft) };
			leaving.add(one);
			// If the disk does not take the one, the other must not go: the field's own row is written at the end.
			put(id, EMPTY_DRAFT, base).catch(() => undefined);
			try {
				await stored;
			} finally {
				leaving.delete(one);
			}
			await keepTyped(id);
			await local.delete('drafts', row);
		}
	};
}
