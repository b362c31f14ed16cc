import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, ROOM } from './relay.fixture';
import { eraseOne, say, textsOf } from './writing.fixture';
import { RawClient } from './rawClient.fixture';
import { sqliteRoomStore } from './sqliteRoomStore';

const CHILD = join(import.meta.dirname, 'relayChild.fixture.ts');

async function startChild(file: string) {
	const child = spawn(process.execPath, ['--import', 'tsx', CHILD, file], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const exited = once(child, 'exit');
	const kill = async () => {
		child.kill('SIGKILL');
		await exited;
	};
	onTestFinished(kill);
	const [line] = (await once(child.stdout, 'data')) as [Buffer];
	return { url: `ws://127.0.0.1:${line.toString().trim()}/sync`, kill };
}

// Four processes start one after the other, on a machine that may be busy.
const TIMEOUT_MS = 90_000;

test(
	'what is acked survives SIGKILL while rooms are being rewritten, and erased text does not come back',
	async () => {
		const folder = mkdtempSync(join(tmpdir(), 'skein-killed-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		const file = join(folder, 'skein.db');
		const doc = new Y.Doc();
		const log = `${ALICE}:${doc.clientID}`;
		let acked = 0;
		let said = 0;

		for (let round = 1; round <= 3; round++) {
			const { url, kill } = await startChild(file);
			const client = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
			const first = await client.hears('ack', ({ full }) => full);
			expect(first.vector.get(doc.clientID) ?? 0).toBeGreaterThanOrEqual(acked);
			client.sendStep2(Y.encodeStateAsUpdate(doc));
			// Every second message is erased in the frame that brings the next one.
			const until = said + 30 + 7 * round;
			while (said < until) {
				client.heard.length = 0;
				doc.once('update', (update: Uint8Array) => client.sendUpdate(update));
				doc.transact(() => {
					if (said % 2 === 1) eraseOne(doc, log, said);
					say(doc, ALICE, `message ${said++}.`);
				});
				const ack = await client.hears('ack', ({ vector }) => (vector.get(doc.clientID) ?? 0) >= 2 * said);
				acked = ack.vector.get(doc.clientID)!;
			}
			await kill();
		}

		const database = new Database(file);
		onTestFinished(() => void database.close());
		const stored = new Y.Doc();
		const { updates } = await sqliteRoomStore(database, Date.now).load(ROOM);
		for (const update of updates) Y.applyUpdate(stored, update);
		expect(Y.getState(stored.store, doc.clientID)).toBe(acked);
		expect(textsOf(stored)).toEqual(textsOf(doc));
		expect(updates.length).toBeLessThan(said);

		const last = await startChild(file);
		await new RawClient(last.url, { session: `${ALICE}-1`, query: 'ack=1' }).hears('ack');
		const erased = Array.from({ length: said }, (_, i) => `message ${i}.`).filter(
			(text) => !textsOf(doc).includes(text)
		);
		expect(erased.length).toBeGreaterThan(30);
		const bytes = () =>
			['', '-wal'].filter((end) => existsSync(file + end)).map((end) => readFileSync(file + end));
		await expect
			.poll(() => erased.filter((text) => bytes().some((held) => held.includes(text))), {
				timeout: TIMEOUT_MS / 3
			})
			.toEqual([]);
	},
	TIMEOUT_MS
);
