/**
 * Salvage: what the relay refused is erased and its contents are written again, in the same order. The plan is made
 * before anything is written, and the new ids are known only as the caller appends; so each body is asked for when its
 * turn comes, with the ids given so far.
 *
 *     const ids = new Map();
 *     for (const again of plan.append) ids.set(again.id, append(again.kind, clock.tick(), again.body(ids)));
 *     erase(plan.erase);
 *
 * Invariants: nothing is written twice or lost; what pointed at a refused entry points at its new one; what pointed at
 * anything else still does. A refused message that its author has meanwhile deleted is only erased.
 */
import { compareWritten, formatEntryId, KIND, type Entry, type EntryId } from './entry';
import { decodeRecord, entryIdOf, type BodyRecord } from './bodyRecord';
import { encodeBody } from './entryCodec';
import type { Stamp } from './stamp';

export interface SalvageAppend {
	/** The entry that this one takes the place of. */
	readonly id: EntryId;
	readonly kind: number;
	/** The body to append. `ids` says under which ids what stood before in the plan was appended. */
	body(ids: ReadonlyMap<EntryId, EntryId>): Uint8Array;
}

export interface SalvagePlan {
	/** Entries whose bodies to erase. */
	readonly erase: readonly Entry[];
	readonly append: readonly SalvageAppend[];
}

export interface SalvageOptions {
	/** Which stamps the relay refuses; 'all' if it refuses the entries whatever their stamps. */
	readonly ahead: 'all' | ((stamp: Stamp) => boolean);
}

/** `entries`: the user's own in one room that no ack covers, those with erased bodies too. */
export function salvagePlan(entries: Iterable<Entry>, { ahead }: SalvageOptions): SalvagePlan {
	const isAhead = (entry: Entry) => ahead === 'all' || ahead(entry.stamp);
	const written = [...entries].sort(compareWritten).map((entry) => candidateOf(entry, isAhead(entry)));
	const candidates = withPromotedEdits(written);
	const moving = movingAmong(candidates);
	const deleted = deletedAmong(candidates);
	const again = [...moving].filter(({ id, about }) => !deleted.has(id) && !(about && deleted.has(about)));
	const ids = new Set(again.map(({ id }) => id));
	return {
		erase: [...moving].map(({ source }) => source),
		append: targetsFirst(again).map((candidate) => appendOf(candidate, ids))
	};
}

/** Refused messages that a redaction among the candidates deletes: nobody else ever had them. */
function deletedAmong(candidates: readonly Candidate[]): Set<EntryId> {
	const refused = candidates.filter((candidate) => candidate.refused && candidate.kind === KIND.message);
	const messages = new Set(refused.map(({ id }) => id));
	const redacted = candidates.flatMap(({ kind, about }) => (kind === KIND.redaction && about ? [about] : []));
	return new Set(redacted.filter((id) => messages.has(id)));
}

interface Candidate {
	readonly id: EntryId;
	readonly kind: number;
	/** The relay refuses it, or would if it had its body. */
	readonly refused: boolean;
	/** The entry whose body says what is written again: its own, or the edit that replaced it. */
	readonly source: Entry;
	readonly record: BodyRecord | undefined;
	/** The message that it does something to. */
	readonly about: EntryId | undefined;
	/** Everything that it points at. */
	readonly targets: readonly EntryId[];
}

function candidateOf(entry: Entry, refused: boolean): Candidate {
	const record = entry.body && pointsAt(entry.kind) ? decodeRecord(entry.body) : undefined;
	const about = entryIdOf(record?.x);
	const reply = entryIdOf(record?.r);
	return {
		id: formatEntryId(entry),
		kind: entry.kind,
		refused,
		source: entry,
		record,
		about,
		targets: [about, reply].filter((id) => id !== undefined)
	};
}

const pointsAt = (kind: number): boolean =>
	kind === KIND.message ||
	kind === KIND.edit ||
	kind === KIND.redaction ||
	kind === KIND.reaction ||
	kind === KIND.pin;

/** A refused message that was edited before it left is its first edit: that is written again as the message. */
function withPromotedEdits(candidates: readonly Candidate[]): Candidate[] {
	const bare = new Set(
		candidates
			.filter(({ kind, refused, source }) => kind === KIND.message && refused && !source.body)
			.map(({ id }) => id)
	);
	const edits = new Map<EntryId, Candidate>();
	for (const candidate of candidates) {
		const { kind, about } = candidate;
		if (kind === KIND.edit && about !== undefined && bare.has(about) && !edits.has(about))
			edits.set(about, candidate);
	}
	const promoted = new Set(edits.values());
	return candidates
		.filter((candidate) => !promoted.has(candidate))
		.map((candidate) => {
			const edit = edits.get(candidate.id);
			return edit ? asMessage(candidate, edit) : candidate;
		});
}

function asMessage(message: Candidate, { source, record: edited, targets }: Candidate): Candidate {
	const record = { ...edited };
	delete record.x;
	return { ...message, source, record, targets: targets.filter((id) => id !== message.id) };
}

/** What is refused and has a body, and all that points at it: that would point at nothing. */
function movingAmong(candidates: readonly Candidate[]): Set<Candidate> {
	const pointing = new Map<EntryId, Candidate[]>();
	for (const candidate of candidates)
		for (const target of candidate.targets) {
			const others = pointing.get(target);
			if (others) others.push(candidate);
			else pointing.set(target, [candidate]);
		}
	const moving = new Set(candidates.filter(({ refused, source }) => refused && source.body));
	for (const { id } of moving) for (const candidate of pointing.get(id) ?? []) moving.add(candidate);
	return moving;
}

/** The candidates in their order, but each behind what it points at. A cycle is entered where the order meets it. */
function targetsFirst(candidates: readonly Candidate[]): Candidate[] {
	const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
	const entered = new Set<Candidate>();
	const ordered: Candidate[] = [];
	for (const start of candidates) {
		const open = entered.has(start) ? [] : [start];
		entered.add(start);
		for (let top = open.at(-1); top; top = open.at(-1)) {
			const target = top.targets.map((id) => byId.get(id)).find((found) => found && !entered.has(found));
			if (target) {
				entered.add(target);
				open.push(target);
			} else {
				ordered.push(top);
				open.pop();
			}
		}
	}
	return ordered;
}

function appendOf(
	{ id, kind, source, record, targets }: Candidate,
	moved: ReadonlySet<EntryId>
): SalvageAppend {
	const asItWas = source.kind === kind && !targets.some((target) => moved.has(target));
	return {
		id,
		kind,
		body(ids) {
			if (asItWas || !record) return source.body!;
			const repointed = { ...record };
			for (const key of ['x', 'r']) {
				const target = entryIdOf(record[key]);
				if (target !== undefined) repointed[key] = ids.get(target) ?? target;
			}
			return encodeBody(repointed);
		}
	};
}
