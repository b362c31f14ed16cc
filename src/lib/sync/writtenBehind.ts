/**
 * What one wrote behind letting somebody into a group whose history begins at joining: it stands in the segment before
 * the join, the only one that was known, and goes on in the one that they read. Under its own stamps, so that what an
 * interrupted page has written there already is known again. Invariant: it is on disk there before it is erased here.
 */
import { appendEntries } from '../conversation/log';
import { compareStamps, type Stamp } from '../domain/stamp';
import { eraseEntries } from '../conversation/erase';
import { formatEntryId, KIND, parseEntryId, type Entry, type EntryId, type EntryRef } from '../domain/entry';
import { joinOf } from './commands/joinOf';
import { salvageLock } from './salvagedTexts';
import { salvagePlan, type SalvageAppend } from '../domain/salvage';
import type { ConversationAnswer } from '../protocol/rest';
import type { ConversationId, UserId } from '../domain/ids';
import type { QueuedCommand } from './outbox';
import type { OpenConversations } from './openConversations';
import type { SalvageOptions } from './salvage';
import type { SegmentSync } from './segmentSync';
import type { Tabs } from './ports';

export interface WrittenBehind {
	readonly self: UserId;
	readonly tabs: Tabs;
	readonly open: OpenConversations;
	readonly renamed: (id: ConversationId) => SalvageOptions['onRenamed'];
}

/** Settles once what was written behind the command, which was answered so, stands where whoever came in reads it. */
export async function takeBehind(
	{ command, since }: Pick<QueuedCommand, 'command' | 'since'>,
	answer: unknown,
	written: () => WrittenBehind
): Promise<void> {
	const join = joinOf(command);
	if (!join || !since) return;
	const group = (answer as { readonly conversation?: ConversationAnswer } | undefined)?.conversation;
	if (group?.history !== 'joining') return;
	const parts = written();
	const { sync, release } = parts.open.use(join.conversation, { inBackground: true });
	const { segments } = sync;
	segments.reach(group.live);
	const target = segments.hold(group.live);
	try {
		await sync.whenLoaded;
		await Promise.all(segments.all.map(({ whenLoaded }) => whenLoaded));
		const onRenamed = parts.renamed(join.conversation);
		const moving = { ...parts, target, since, onRenamed, ids: new Map<EntryId, EntryId>() };
		for (const segment of segments.all.toSorted((a, b) => a.n - b.n))
			await parts.tabs.exclusive(salvageLock(segment.room.room), () =>
				segment.n < group.live ? move(segment, moving) : pointAnew(segment, moving)
			);
	} finally {
		segments.letGo(group.live);
		release();
	}
}

interface Moving extends Pick<WrittenBehind, 'self'> {
	readonly target: SegmentSync;
	/** What bears a later one was written behind the command. */
	readonly since: Stamp;
	readonly onRenamed: SalvageOptions['onRenamed'];
	/** Where what stood in segments before stands now. */
	readonly ids: Map<EntryId, EntryId>;
}

const ownUnsent = ({ entries, isSent }: SegmentSync, self: UserId) =>
	entries.filter((entry) => entry.author === self && !isSent(entry));

async function move(from: SegmentSync, moving: Moving): Promise<void> {
	const { self, target, since, onRenamed, ids } = moving;
	// What another tab did in its turn may not have been heard of here.
	await Promise.all([from, target].map(({ room }) => room.readAnew()));
	// From before its user was put out and let in again, as another segment has heard first: it is kept for them (putOut.ts).
	if (from.room.since < target.room.since) return;
	const own = ownUnsent(from, self);
	const isBehind = (stamp: Stamp, kind: number) => kind === KIND.message && compareStamps(stamp, since) > 0;
	const plan = salvagePlan(own, { ahead: isBehind, renamed: new Set(ids.keys()) });
	// What a page that ended meanwhile has erased here already.
	for (const entry of own) {
		const moved = !entry.body && isBehind(entry.stamp, entry.kind) && standing(entry, { self, target });
		if (moved) ids.set(formatEntryId(entry), formatEntryId(moved));
	}
	if (plan.erase.length === 0) return;
	const wrote: EntryRef[] = [];
	target.doc.transact(() => {
		for (const again of plan.append) {
			const there = standing({ kind: again.kind, stamp: again.source.stamp }, { self, target });
			const ref = there ?? write(again, ids, { self, target });
			if (!there) wrote.push(ref);
			ids.set(again.id, formatEntryId(ref));
		}
	});
	try {
		await target.room.stored();
	} catch (error) {
		// It goes on where it is until it can be kept there: both would be shown, and leave.
		eraseEntries(target.doc, self, wrote);
		throw error;
	}
	// Cancelled or changed by its old name meanwhile: that holds. None of it has left, which waits for the command to be gone.
	if (plan.append.some(({ source }) => !hasBody(from, source))) {
		const written = plan.append.map(({ id }) => parseEntryId(ids.get(id)!)!);
		eraseEntries(target.doc, self, written);
		for (const { id } of plan.append) ids.delete(id);
		return move(from, moving);
	}
	onRenamed(ids);
	eraseEntries(from.doc, self, plan.erase);
}

const hasBody = ({ entries }: SegmentSync, { client, s }: EntryRef): boolean =>
	entries.some((entry) => entry.client === client && entry.s === s && entry.body);

/** What was written meanwhile, where the group had gone on, answers what stands there now. */
async function pointAnew(segment: SegmentSync, { self, onRenamed, ids }: Moving): Promise<void> {
	await segment.room.readAnew();
	const plan = salvagePlan(ownUnsent(segment, self), { ahead: () => false, renamed: new Set(ids.keys()) });
	if (plan.erase.length === 0) return;
	segment.doc.transact(() => {
		for (const again of plan.append)
			ids.set(again.id, formatEntryId(write(again, ids, { self, target: segment })));
		onRenamed(ids);
		eraseEntries(segment.doc, self, plan.erase);
	});
	await segment.room.stored();
}

/** What a page that ended meanwhile has written there already; not so if the person has cancelled that since. */
const standing = (
	{ kind, stamp }: Pick<Entry, 'kind' | 'stamp'>,
	{ self, target }: Pick<Moving, 'self' | 'target'>
) =>
	target.entries.find(
		(entry) =>
			entry.author === self && entry.kind === kind && entry.body && compareStamps(entry.stamp, stamp) === 0
	);

function write(
	{ kind, source: { stamp }, body }: SalvageAppend,
	ids: ReadonlyMap<EntryId, EntryId>,
	{ self, target }: Pick<Moving, 'self' | 'target'>
): EntryRef {
	const s = appendEntries(target.doc, self, [{ kind, stamp, body: body(ids) }]);
	return { segment: target.n, client: target.doc.clientID, s };
}
