/**
 * What the relay will never take of a segment: each text is copied for the person first, and erased from the document
 * when the copy is on disk. Under a lock for the room, and the same however often it is done: two tabs, or a crash
 * between copy and erasing, leave one copy of each text and none in the document.
 */
import { coversEntry } from '../domain/versionVector';
import { eraseEntries } from '../conversation/erase';
import { formatEntryId, KIND, type Entry } from '../domain/entry';
import { noteCancelled } from './cancelled';
import { copyOf, type CopyOptions } from './salvageCopy';
import { salvageLock, type SalvagedTexts } from './salvagedTexts';
import { salvagePlan, type SalvagePlan } from '../domain/salvage';
import { unsentTexts } from '../domain/unsentTexts';
import type { Clock } from '../domain/clock';
import type { UserId } from '../domain/ids';
import type { LocalStore, Tabs } from './ports';
import type { SegmentSync } from './segmentSync';

export interface GiveUpOptions extends CopyOptions {
	readonly self: UserId;
	readonly clock: Clock;
	readonly local: LocalStore;
	readonly tabs: Tabs;
	readonly salvaged: SalvagedTexts;
}

/** Settles once it is done, on disk too. True if anything was erased. Rejects, with nothing erased, if a copy fails. */
export async function giveUpSegment(segment: SegmentSync, options: GiveUpOptions): Promise<boolean> {
	const { self, local, tabs, salvaged } = options;
	const { room } = segment.room;
	await segment.whenLoaded;
	return tabs.exclusive(salvageLock(room), async () => {
		// What another tab did in its turn may not have been heard of here.
		await segment.room.readAnew();
		// Another tab may have heard of an ack that this one has not.
		const told = new Map((await local.get<[number, number][]>('acks', room)) ?? []);
		const isSent = (entry: Entry) => segment.isSent(entry) || coversEntry(told, entry.client, entry.s);
		const own = segment.entries.filter((entry) => entry.author === self && !isSent(entry));
		const plan = salvagePlan(own, { ahead: 'all' });
		// A receipt says nothing that is worth a segment: it goes, so that the rest comes.
		const mayGoOn = segment.holdsReceipts && options.reason !== 'removed';
		segment.withdrawReceipts();
		if (plan.erase.length === 0) return mayGoOn;
		await salvaged.keep(unsentTexts(plan, own).map((text) => copyOf(text, options)));
		await noteGivenUp(plan, options);
		eraseEntries(segment.doc, self, plan.erase);
		await segment.room.stored();
		return true;
	});
}

/**
 * A message may have reached the relay though its ack did not come back. Should the user ever be let in again, others
 * have seen it: it is then redacted, like one that was cancelled too late.
 */
async function noteGivenUp({ append, erase }: SalvagePlan, { conversation, local, clock }: GiveUpOptions) {
	const row = { bodies: erase.map(formatEntryId), at: clock.correctedNow() };
	for (const { kind, id } of append)
		if (kind === KIND.message) await noteCancelled(local, conversation, id, row);
}
