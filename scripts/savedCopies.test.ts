/** What docs/OPERATIONS.md says of backups: taken while devices write, restored, and nothing that a device has is lost. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { backUp, restore } from './savedCopies';
import { lockData } from '../src/lib/server/dataLock';
import { openDatabase } from '../src/lib/server/database';
import {
	ALICE,
	BOB,
	CONVERSATION,
	openProvider,
	ROOM,
	startRelay,
	whenHolds,
	whenSynced,
	type StartOptions
} from '../sync-server/relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { docSaying, holdsTexts, say } from '../sync-server/writing.fixture';
import { SEGMENTS_LOST_MAX } from '../src/lib/domain/limits';
import { RawClient } from '../sync-server/rawClient.fixture';
import { sqliteRoomStore } from '../sync-server/sqliteRoomStore';

const alice = { session: `${ALICE}-1`, query: 'ack=1' };

function setUp() {
	const folder = mkdtempSync(join(tmpdir(), 'skein-copies-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const data = join(folder, 'data');
	const start = async (options: StartOptions = {}) => {
		const database = openDatabase(join(data, 'skein.db'));
		const relay = await startRelay({ store: sqliteRoomStore(database, Date.now), ...options });
		return {
			...relay,
			async stop() {
				await relay.relay.close();
				database.close();
			}
		};
	};
	return { data, backup: join(folder, 'backup.db'), start };
}

test('a backup is for its own user alone, and so is a database that it was put back as', async () => {
	const { data, backup, start } = setUp();
	await (await start()).stop();
	backUp(data, backup);
	restore(data, backup, '1');
	for (const file of [backup, join(data, 'skein.db')])
		expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
});

test('a restored backup lacks what came after it, and the devices that have it give it back', async () => {
	const { data, backup, start } = setUp();
	const before = await start();
	const doc = new Y.Doc();
	const writer = new RawClient(before.url, alice);
	const sayAndWait = async (text: string) => {
		writer.sendUpdate(say(doc, ALICE, text));
		const clock = Y.getState(doc.store, doc.clientID);
		await writer.hears('ack', ({ vector }) => vector.get(doc.clientID) === clock);
	};
	await sayAndWait('before the backup');
	backUp(data, backup);
	await sayAndWait('after the backup');
	const bob = openProvider(before.url, { session: `${BOB}-1` });
	await whenHolds(bob.doc, holdsTexts('before the backup', 'after the backup'));
	bob.destroy();
	await before.stop();

	const aside = restore(data, backup, 'then');
	expect(aside && existsSync(aside)).toBe(true);
	const after = await start();
	const fresh = openProvider(after.url, { session: `${BOB}-2` });
	await whenSynced(fresh);
	expect(holdsTexts('before the backup')(fresh.doc)).toBe(true);
	// A stock provider on Alice's own documents: her first vector takes "sent" back, and all of it is sent again.
	const acked = new RawClient(after.url, alice).hears('ack', ({ full }) => full);
	expect((await acked).vector.get(doc.clientID)).toBe(2);
	openProvider(after.url, { session: `${ALICE}-1`, doc });
	await whenHolds(fresh.doc, holdsTexts('before the backup', 'after the backup'));
	const entries = await after.relay.entries(ROOM);
	expect(entries).toHaveLength(2);
	await after.stop();
});

test('a conversation that had gone on in further segments goes on though who filled them is away', async () => {
	const { data, backup, start } = setUp();
	const limits = { segmentMessagesMax: 2 };
	const room = (n: number) => `c/${CONVERSATION}/${n}`;
	const bring = async (url: string, user: string, n: number, doc: Y.Doc) => {
		const client = new RawClient(url, { session: `${user}-1`, query: 'ack=1', room: room(n) });
		client.sendStep2(Y.encodeStateAsUpdate(doc));
		await client.hears('ack', ({ vector }) => vector.get(doc.clientID) !== undefined);
		return client;
	};
	const before = await start({ limits });
	const first = docSaying(ALICE, 'one');
	await bring(before.url, ALICE, 0, first);
	backUp(data, backup);
	say(first, ALICE, 'two');
	await bring(before.url, ALICE, 0, first);
	await bring(before.url, ALICE, 1, docSaying(ALICE, 'three', 'four'));
	const last = docSaying(BOB, 'five');
	await bring(before.url, BOB, 2, last);
	await before.stop();

	restore(data, backup, 'then');
	const after = await start({ limits });
	await bring(after.url, BOB, 2, last);
	const fresh = openProvider(after.url, { session: `${ALICE}-2`, room: room(2) });
	await whenHolds(fresh.doc, holdsTexts('five'));
	// What she filled is late, and taken.
	await bring(after.url, ALICE, 1, docSaying(ALICE, 'three', 'four'));
	await bring(after.url, ALICE, 0, first);
	const far = new RawClient(after.url, { session: `${BOB}-1`, room: room(SEGMENTS_LOST_MAX + 2) });
	expect((await far.closed).code).toBe(CLOSE.noSuchRoom);
	await after.stop();
});

test('the log of the database before is not taken for the one of the copy', async () => {
	const { data, backup, start } = setUp();
	const first = await start();
	await first.stop();
	backUp(data, backup);
	writeFileSync(join(data, 'skein.db-wal'), 'what a killed process left');
	restore(data, backup, 'then');
	expect(readFileSync(join(data, 'skein.db.before-then-wal'), 'utf8')).toBe('what a killed process left');
	expect(existsSync(join(data, 'skein.db-wal'))).toBe(false);
	await (await start()).stop();
});

test('nothing is restored over a Skein that runs, or from what is no whole copy', async () => {
	const { data, backup, start } = setUp();
	await (await start()).stop();
	backUp(data, backup);
	for (const part of ['app', 'relay'] as const) {
		const unlock = lockData(data, part);
		expect(() => restore(data, backup, 'then')).toThrow(`Another Skein ${part} is running`);
		unlock();
	}
	const bytes = readFileSync(backup);
	for (const broken of [bytes.subarray(0, bytes.length / 2), Buffer.from('no database '.repeat(500))]) {
		writeFileSync(backup, broken);
		expect(() => restore(data, backup, 'then')).toThrow('is not a whole copy');
	}
	expect(readdirSync(data).filter((name) => /part|before/.test(name))).toEqual([]);
	await (await start()).stop();
});

test('a backup never overwrites a file, and one of a damaged database is not kept', async () => {
	const { data, backup, start } = setUp();
	await (await start()).stop();
	backUp(data, backup);
	expect(() => backUp(data, backup)).toThrow('is there already');
	rmSync(backup);
	const file = join(data, 'skein.db');
	const bytes = readFileSync(file);
	bytes.fill(0x5a, 4096, 3 * 4096);
	writeFileSync(file, bytes);
	expect(() => backUp(data, backup)).toThrow('could not be copied');
	expect(existsSync(backup) || existsSync(`${backup}.part`)).toBe(false);
});
