import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, openProvider, startRelay, whenHolds, whenSynced } from './relay.fixture';
import { docSaying, holdsTexts, say, textsOf } from './writing.fixture';
import { RawClient } from './rawClient.fixture';
import { sqliteRoomStore } from './sqliteRoomStore';

describe('an unmodified provider', () => {
	test('meets another one, what was written before and after included', async () => {
		const { url } = await startRelay();
		const alice = openProvider(url, { session: `${ALICE}-1`, doc: docSaying(ALICE, 'before') });
		const bob = openProvider(url, { session: `${BOB}-1` });
		await Promise.all([whenSynced(alice), whenSynced(bob)]);
		say(bob.doc, BOB, 'hello');
		say(alice.doc, ALICE, 'after');
		await Promise.all([alice, bob].map(({ doc }) => whenHolds(doc, holdsTexts('before', 'hello', 'after'))));
	});

	test('catches up on what was written while it was away', async () => {
		const { url } = await startRelay();
		const alice = openProvider(url, { session: `${ALICE}-1` });
		const bob = openProvider(url, { session: `${BOB}-1` });
		await Promise.all([whenSynced(alice), whenSynced(bob)]);
		bob.disconnect();
		say(alice.doc, ALICE, 'one');
		say(bob.doc, BOB, 'two');
		bob.connect();
		await Promise.all([alice, bob].map(({ doc }) => whenHolds(doc, holdsTexts('one', 'two'))));
	});

	test('on two devices of one user carries the erasing of a body', async () => {
		const { url } = await startRelay();
		const phone = openProvider(url, { session: `${ALICE}-phone`, doc: docSaying(ALICE, 'oops', 'fine') });
		const laptop = openProvider(url, { session: `${ALICE}-laptop` });
		const bob = openProvider(url, { session: `${BOB}-1` });
		await whenHolds(laptop.doc, holdsTexts('oops', 'fine'));
		laptop.doc.getArray(`${ALICE}:${phone.doc.clientID}`).delete(1, 1);
		await Promise.all([phone, bob].map(({ doc }) => whenHolds(doc, holdsTexts('fine'))));
	});

	test('may log in by cookie', async () => {
		const { url } = await startRelay();
		const { WebSocket } = await import('ws');
		class WithCookie extends WebSocket {
			constructor(address: string) {
				super(address, { headers: { cookie: `a=b; session=${ALICE}-1` } });
			}
		}
		const SocketClass = WithCookie as unknown as typeof globalThis.WebSocket;
		await whenSynced(openProvider(url, { session: '', SocketClass }));
	});
});

describe('the disk', () => {
	function dataFile(): string {
		const folder = mkdtempSync(join(tmpdir(), 'skein-relay-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		return join(folder, 'skein.db');
	}
	function open(file: string) {
		const database = new Database(file);
		onTestFinished(() => void database.close());
		return sqliteRoomStore(database, Date.now);
	}

	test('has everything acked when the relay ends without a word', async () => {
		const file = dataFile();
		const first = await startRelay({ store: open(file) });
		const doc = new Y.Doc();
		const client = new RawClient(first.url, { session: `${ALICE}-1`, query: 'ack=1' });
		await client.hears('ack', ({ full }) => full);
		for (let i = 0; i < 50; i++) client.sendUpdate(say(doc, ALICE, `m${i}`));
		await client.hears('ack', ({ vector }) => vector.get(doc.clientID) === 100);

		// The first relay is never closed: as after SIGKILL, only what is in the file counts.
		const second = await startRelay({ store: open(file) });
		const bob = openProvider(second.url, { session: `${BOB}-1` });
		await whenHolds(bob.doc, (held) => textsOf(held).length === 50);
		expect(textsOf(bob.doc)).toEqual(textsOf(doc));
	});
});
