/**
 * The fold of `set` entries: for each key the value with the latest stamp, ties by client id then s. Same entries in,
 * same facts out, whatever the arrival order.
 */
import { decodeSetBody } from './bodies';
import { HEADER_VERSION } from './entryCodec';
import { compareWritten, KIND, type Entry, type Written } from './entry';
import type { AnyValue } from './boundedAny';
import type { Stamp } from './stamp';

export interface Fact {
	readonly value: AnyValue;
	readonly stamp: Stamp;
	readonly client: number;
	readonly s: number;
}

/** Facts by key. A fact whose value is null or undefined has been taken back; it is kept so that older ones stay so. */
export type Facts = ReadonlyMap<string, Fact>;

/** A text field of a fact's value; undefined if there is none. */
export function textField(value: AnyValue, name: string): string | undefined {
	const found = field(value, name);
	return typeof found === 'string' ? found : undefined;
}

/** A number in a field of a fact's value; undefined if there is none. */
export function numberField(value: AnyValue, name: string): number | undefined {
	const found = field(value, name);
	return typeof found === 'number' ? found : undefined;
}

/** True if a field of a fact's value says so. */
export const trueField = (value: AnyValue, name: string): boolean => field(value, name) === true;

function field(value: AnyValue, name: string): AnyValue {
	if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
		return undefined;
	return value[name];
}

/** True if `a` holds over `b`. */
export const supersedes = (a: Written, b: Written): boolean => compareWritten(a, b) > 0;

export function foldFacts(entries: Iterable<Entry>): Facts {
	const written: (Fact & { readonly key: string })[] = [];
	for (const entry of entries) {
		if (entry.kind !== KIND.set || entry.version !== HEADER_VERSION || !entry.body) continue;
		const body = decodeSetBody(entry.body);
		if (!body) continue;
		const { client, s, stamp } = entry;
		written.push({ key: body.key, value: body.value, stamp, client, s });
	}
	return latestFacts(written);
}

/** For each key the one that holds: the very object. */
export function latestFacts<Set extends Fact & { readonly key: string }>(
	written: Iterable<Set>
): ReadonlyMap<string, Set> {
	const facts = new Map<string, Set>();
	for (const set of written) {
		const held = facts.get(set.key);
		if (!held || supersedes(set, held)) facts.set(set.key, set);
	}
	return facts;
}
