/** A volume that is really full: SQLite meets ENOSPC in its log, its checkpoints and its index. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, rmdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test, type TestContext } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, openProvider, ROOM, whenHolds, whenSynced } from './relay.fixture';
import { holdsTexts, say, textsOf } from './writing.fixture';
import { ManualTimers } from './manualTimers.fixture';
import { RawClient } from './rawClient.fixture';
import { sqliteRoomStore } from './sqliteRoomStore';
import { startLimited } from './limited.fixture';

const VOLUME_BYTES = 3_000_000;
/** Is removed when there is to be space again. */
const BALLAST_BYTES = 1_500_000;
const TEXT = 'x'.repeat(19_000);

/** A file system of its own; the test is skipped where none may be mounted. */
function mountVolume({ skip }: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'skein-volume-'));
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${VOLUME_BYTES}`, 'tmpfs', folder], { stdio: 'pipe' });
	} catch (error) {
		rmdirSync(folder);
		skip(`no volume can be mounted here: ${String(error).split('\n')[1] ?? 'mount is not allowed'}`);
	}
	onTestFinished(() => {
		execFileSync('umount', [folder]);
		rmdirSync(folder);
	});
	return folder;
}

test('a full volume that has space again is told of within seconds, though nobody writes', async (context) => {
	const volume = mountVolume(context);
	const ballast = join(volume, 'ballast');
	const database = new Database(join(volume, 'skein.db'));
	onTestFinished(() => void database.close());
	const store = sqliteRoomStore(database, Date.now);
	const timers = new ManualTimers();
	const { url, relay, log } = await startLimited({}, { store, timers });
	const writer = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
	await writer.hears('ack');
	const { bavail, bsize } = statfsSync(volume);
	writeFileSync(ballast, new Uint8Array(bavail * bsize));
	writer.sendUpdate(say(new Y.Doc(), ALICE, TEXT));
	await expect.poll(() => relay.health()).toEqual({ status: 'degraded', reason: 'the disk is full' });
	writer.socket.terminate();
	await expect.poll(() => relay.stats().sockets).toBe(0);
	for (let tries = 0; tries < 10; tries++) {
		timers.advance(5_000);
		await new Promise((resolve) => setImmediate(resolve));
		expect(relay.health().reason).toBe('the disk is full');
	}
	rmSync(ballast);
	timers.advance(5_000);
	await expect.poll(() => relay.health()).toEqual({ status: 'ok' });
	expect(log.lines.map(({ message }) => message)).toContain('commits succeed again');
});

test('on a full volume what is acked is served, the log and the meters say why, and all comes once there is space, without a restart', async (context) => {
	const volume = mountVolume(context);
	const file = join(volume, 'skein.db');
	const ballast = join(volume, 'ballast');
	writeFileSync(ballast, new Uint8Array(BALLAST_BYTES));
	const database = new Database(file);
	onTestFinished(() => void database.close());
	const store = sqliteRoomStore(database, Date.now);
	const timers = new ManualTimers();
	const { url, relay, log, counts } = await startLimited({ updatesMax: 5 }, { store, timers });
	const errors = () => log.lines.filter(({ level }) => level === 'error');
	const bob = openProvider(url, { session: `${BOB}-1` });
	const writer = openProvider(url, { session: `${ALICE}-1` });
	const listener = new RawClient(url, { session: `${ALICE}-2`, query: 'ack=1' });
	await listener.hears('ack');
	// Before, what it says only piles up in its document, to come in one frame that is larger than any may be.
	await whenSynced(writer);

	const written = ({ doc }: { doc: Y.Doc }) => Y.getState(doc.store, writer.doc.clientID);
	const isOk = () => relay.health().status === 'ok';
	/** A stock provider writes on, as fast as it is heard, until nothing can be stored. */
	const said: string[] = [];
	while (isOk()) {
		said.push(`${said.length} ${TEXT}`);
		say(writer.doc, ALICE, said.at(-1)!);
		while (isOk() && written(bob) < written(writer)) await new Promise((resolve) => setImmediate(resolve));
	}
	expect(relay.health()).toEqual({ status: 'degraded', reason: 'the disk is full' });
	expect(statfsSync(volume).bavail * statfsSync(volume).bsize).toBeLessThan(2 * TEXT.length);
	expect(errors().map(({ message, reason }) => [message, reason])).toContainEqual([
		'a commit failed',
		'the disk is full'
	]);
	expect(counts.commitsFailed).toBeGreaterThan(0);
	// Whoever comes now is served what is durable, which is what was told to others.
	const reader = new RawClient(url, { session: `${BOB}-2`, query: 'ack=1' });
	const first = await reader.hears('ack', ({ full }) => full);
	const durable = (first.vector.get(writer.doc.clientID) ?? 0) / 2;
	expect(durable).toBeGreaterThan(3);
	expect(durable).toBeLessThan(said.length);
	await whenHolds(bob.doc, holdsTexts(...said.slice(0, durable)));

	// What comes now is put off, and asked for again.
	const doc = new Y.Doc();
	listener.sendUpdate(say(doc, ALICE, 'put off'));
	await listener.answered();
	listener.heard.length = 0;
	rmSync(ballast);
	timers.advance(5_000);
	await listener.hears('step1');
	listener.sendStep2(Y.encodeStateAsUpdate(doc));
	await whenHolds(bob.doc, holdsTexts(...said, 'put off'));
	await expect.poll(() => relay.health()).toEqual({ status: 'ok' });
	expect(log.lines.map(({ message }) => message)).toContain('commits succeed again');
	const again = new RawClient(url, { session: `${BOB}-3`, query: 'ack=1' });
	const last = await again.hears('ack', ({ full }) => full);
	expect(last.vector.get(writer.doc.clientID)).toBe(2 * said.length);
	await relay.close();
	expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
	const stored = new Y.Doc();
	for (const update of (await store.load(ROOM)).updates) Y.applyUpdate(stored, update);
	expect(textsOf(stored)).toEqual([...said, 'put off'].sort());
});
