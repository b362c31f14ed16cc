/** Updates made by hand, struct by struct: what no honest device writes. */
import { BOB } from '../relay.fixture';
import { encodeHeader } from '../../src/lib/domain/entryCodec';
import { KIND } from '../../src/lib/domain/entry';
import { writeUpdate } from '../../src/lib/protocol/updateWriter';
import type { ClientStructs, DeletedRange, Struct } from '../../src/lib/protocol/updateReader';

/** A client id that nobody has. */
export const FORGED = 77;
export const OWN_ROOT = `${BOB}:${FORGED}`;
/** A small body that says nothing. */
export const BODY = new Uint8Array([0, 126]);

export const header = (s: number): Uint8Array =>
	encodeHeader({ kind: KIND.message, s, stamp: { ms: 1, counter: 0 } });

/** Structs of one client, one behind the other; what they do not say is left out. */
export function section(client: number, given: readonly Partial<Struct>[], clock = 0): ClientStructs {
	let next = clock;
	const structs = given.map((struct) => {
		const made: Struct = {
			type: 'binary',
			length: 1,
			clock: next,
			origin: undefined,
			rightOrigin: undefined,
			root: undefined,
			mapKey: undefined,
			bytes: undefined,
			...struct
		};
		next += made.length;
		return made;
	});
	return { client, clock, structs };
}

/** The first entry of a log, under whatever root. */
export const firstEntry = (root: string, client = FORGED): ClientStructs =>
	section(client, [
		{ root, bytes: header(0) },
		{ origin: { client, clock: 0 }, bytes: BODY }
	]);

/** One more entry of a log. */
export const laterEntry = (client: number, s: number): ClientStructs =>
	section(
		client,
		[
			{ origin: { client, clock: 2 * s - 1 }, bytes: header(s) },
			{ origin: { client, clock: 2 * s }, bytes: BODY }
		],
		2 * s
	);

export const updateOf = (
	clients: readonly ClientStructs[],
	deletes: readonly DeletedRange[] = []
): Uint8Array => writeUpdate({ clients, deletes });
