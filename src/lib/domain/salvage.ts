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
import {
	candidateOf,
	deletedAmong,
	movingAmong,
	withPromotedEdits,
	type Candidate
} from './salvageCandidates';
import { compareWritten, type Entry, type EntryId } from './entry';
import { encodeBody } from './entryCodec';
import { entryIdOf } from './bodyRecord';
import type { Stamp } from './stamp';

export interface SalvageAppend {
	/** The entry that this one takes the place of. */
	readonly id: EntryId;
	readonly kind: number;
	/** The entry whose body holds what is written again: that one, or the edit that replaced it before it left. */
	readonly source: Entry;
	/** The body to append. `ids` says under which ids what stood before in the plan was appended. */
	body(ids: ReadonlyMap<EntryId, EntryId>): Uint8Array;
}

export interface SalvagePlan {
	/** Entries whose bodies to erase. */
	readonly erase: readonly Entry[];
	readonly append: readonly SalvageAppend[];
}

export interface SalvageOptions {
	/** Which entries the relay refuses, by their stamps and kinds; 'all' if it refuses them whatever they are. */
	readonly ahead: 'all' | ((stamp: Stamp, kind: number) => boolean);
	/** Entries of other rooms that were written again under new names, which `body` is told of: none if undefined. */
	readonly renamed?: ReadonlySet<EntryId>;
}

/** `entries`: the user's own in one room that no ack covers, those with erased bodies too. */
export function salvagePlan(
	entries: Iterable<Entry>,
	{ ahead, renamed = new Set() }: SalvageOptions
): SalvagePlan {
	const isAhead = (entry: Entry) => ahead === 'all' || ahead(entry.stamp, entry.kind);
	const written = [...entries].sort(compareWritten).map((entry) => candidateOf(entry, isAhead(entry)));
	const candidates = withPromotedEdits(written);
	const moving = movingAmong(candidates, renamed);
	const deleted = deletedAmong(candidates);
	const again = [...moving].filter(({ id, about }) => !deleted.has(id) && !(about && deleted.has(about)));
	const ids = new Set([...renamed, ...again.map(({ id }) => id)]);
	return {
		erase: [...moving].map(({ source }) => source),
		append: targetsFirst(again).map((candidate) => appendOf(candidate, ids))
	};
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
		source,
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
