/** Updates made by hand, struct by struct: what no honest device writes. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { BOB } from '../cast.fixture';
import { encodeHeader } from '../../src/lib/domain/entryCodec';
import { KIND, logName } from '../../src/lib/domain/entry';
import { writeUpdate } from '../../src/lib/protocol/updateWriter';
import type { ClientStructs, DeletedRange, Struct } from '../../src/lib/protocol/updateReader';
import type { UserId } from '../../src/lib/domain/ids';

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

export const varints = (...numbers: number[]): Uint8Array =>
	encoding.encode((encoder) => numbers.forEach((number) => encoding.writeVarUint(encoder, number)));

/** Items of 7 bytes, all of the same origin: Yjs compares each with each. */
export const pile = (origin: Struct['origin'], bytes: number): Partial<Struct>[] =>
	Array.from({ length: bytes / 7 }, () => ({ origin, bytes: new Uint8Array([0x80, 0]) }));

/** So many GC structs of one client. */
export const gcStructs = (count: number): Uint8Array =>
	encoding.encode((encoder) => {
		for (const number of [1, count, FORGED, 0]) encoding.writeVarUint(encoder, number);
		for (let i = 0; i < count; i++) encoding.writeUint8Array(encoder, new Uint8Array([0, 1]));
		encoding.writeVarUint(encoder, 0);
	});

/** One ContentAny of 60 kB of arrays in arrays: a reader that recurses runs out of stack. */
export function nestedAny(root: string): Uint8Array {
	const name = new TextEncoder().encode(root);
	const levels = new Array<number[]>(30_000).fill([117, 1]).flat();
	return new Uint8Array([1, 1, FORGED, 0, 8, 1, name.length, ...name, 1, ...levels, 126, 0]);
}

function nestedTypes(levels: number): Y.Array<unknown> {
	const outer = new Y.Array<unknown>();
	let inner = outer;
	for (let i = 0; i < levels; i++) {
		const next = new Y.Array<unknown>();
		inner.push([next]);
		inner = next;
	}
	return outer;
}

/** What Yjs can write in a log of the user's and no log has, by its name. */
export function foreignContents(user: UserId): readonly (readonly [string, (doc: Y.Doc) => void])[] {
	const root = (doc: Y.Doc) => logName(user, doc.clientID);
	const log = (doc: Y.Doc) => doc.getArray<unknown>(root(doc));
	return [
		['text', (doc) => doc.getText(root(doc)).insert(0, 'text')],
		['formatted text', (doc) => doc.getText(root(doc)).insert(0, 'text', { bold: true })],
		['an embed', (doc) => doc.getText(root(doc)).insertEmbed(0, { a: 1 })],
		['XML', (doc) => doc.getXmlFragment(root(doc)).insert(0, [new Y.XmlElement('b')])],
		['a key', (doc) => doc.getMap(root(doc)).set('key', new Uint8Array(2))],
		['the key __proto__', (doc) => doc.getMap(root(doc)).set('__proto__', new Uint8Array(2))],
		['an object with __proto__', (doc) => log(doc).push([JSON.parse('{"__proto__": {"a": 1}}')])],
		['a nested type', (doc) => log(doc).push([new Y.Array()])],
		['200 nested types', (doc) => log(doc).push([nestedTypes(200)])],
		['a subdocument', (doc) => log(doc).push([new Y.Doc()])],
		['a subdocument that loads itself', (doc) => log(doc).push([new Y.Doc({ autoLoad: true })])],
		['a value', (doc) => log(doc).push([{ any: 1 }])],
		['values that are bytes and not', (doc) => log(doc).push([header(0), BODY, 1])]
	];
}
