import { expect, test } from 'vitest';
import { randomBytes } from 'node:crypto';
import * as Y from 'yjs';
import { ALICE, keptLog, NOW } from './cast.fixture';
import { MintedClients } from './mintedClients';
import { readUpdate } from '../src/lib/protocol/updateReader';
import { RoomDocument } from './roomDocument';
import { say } from './writing.fixture';

test('the bytes of the vector are made once for all who ask before the document changes', () => {
	const doc = new Y.Doc();
	const options = { room: 'r', now: () => NOW, randomBytes, log: keptLog(), minted: new MintedClients() };
	const document = new RoomDocument([say(doc, ALICE, 'one')], options);
	const before = document.encodedVector();
	expect(document.encodedVector()).toBe(before);
	document.read([say(doc, ALICE, 'two')]);
	expect(document.encodedVector()).toEqual(Y.encodeStateVector(doc));
	const bytes = say(doc, ALICE, 'three');
	document.apply({ read: readUpdate(bytes), bytes }, ALICE);
	expect(document.encodedVector()).toEqual(Y.encodeStateVector(doc));
	document.write(ALICE, (other, tick) => {
		other
			.getArray(`${ALICE}:${other.clientID}`)
			.push([
				new Uint8Array([0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, tick().counter]),
				new Uint8Array([0, 126])
			]);
	});
	expect(Y.decodeStateVector(document.encodedVector()).size).toBe(2);
});
