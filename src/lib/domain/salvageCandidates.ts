/**
 * What a salvage plan is made from: one's own unacked entries, what each of them points at, and which of them have to be
 * written again.
 */
import { decodeRecord, entryIdOf, type BodyRecord } from './bodyRecord';
import { formatEntryId, KIND, type Entry, type EntryId } from './entry';

export interface Candidate {
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

export function candidateOf(entry: Entry, refused: boolean): Candidate {
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
export function withPromotedEdits(candidates: readonly Candidate[]): Candidate[] {
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

/** Refused messages that a redaction among the candidates deletes: nobody else ever had them. */
export function deletedAmong(candidates: readonly Candidate[]): Set<EntryId> {
	const refused = candidates.filter((candidate) => candidate.refused && candidate.kind === KIND.message);
	const messages = new Set(refused.map(({ id }) => id));
	const redacted = candidates.flatMap(({ kind, about }) => (kind === KIND.redaction && about ? [about] : []));
	return new Set(redacted.filter((id) => messages.has(id)));
}

/** What is refused and has a body, and all that points at it or at what was renamed: that would point at nothing. */
export function movingAmong(
	candidates: readonly Candidate[],
	renamed: ReadonlySet<EntryId> = new Set()
): Set<Candidate> {
	const pointing = new Map<EntryId, Candidate[]>();
	for (const candidate of candidates)
		for (const target of candidate.targets) {
			const others = pointing.get(target);
			if (others) others.push(candidate);
			else pointing.set(target, [candidate]);
		}
	const moving = new Set(candidates.filter(({ refused, source }) => refused && source.body));
	for (const id of renamed) for (const candidate of pointing.get(id) ?? []) moving.add(candidate);
	for (const { id } of moving) for (const candidate of pointing.get(id) ?? []) moving.add(candidate);
	return moving;
}
