import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { ALICE, BOB, openProvider, ROOM, startRelay, whenHolds } from './relay.fixture';
import { docSaying, holdsTexts } from './writing.fixture';
import * as Y from 'yjs';
import { sqliteRoomStore } from './sqliteRoomStore';
import type { RoomStore } from './roomStore';

const ROOMS = 100_000;

test('a relay that starts on a hundred thousand rooms reads none of them, and then those that are opened', async () => {
	const database = new Database(':memory:');
	onTestFinished(() => void database.close());
	const store = sqliteRoomStore(database, Date.now);
	const update = Y.encodeStateAsUpdate(docSaying(ALICE, 'kept'));
	await store.append(
		Array.from({ length: ROOMS }, (_, i) => ({
			room: i === 500 ? ROOM : `home/${String(i).padStart(16, '0')}`,
			update
		}))
	);
	const calls: string[] = [];
	const counted = new Proxy(store, {
		get(target, name: keyof RoomStore) {
			const method = target[name] as (...given: unknown[]) => unknown;
			return (...given: unknown[]) => {
				calls.push(name === 'read' ? `read ${String(given[0])}` : name);
				return method(...given);
			};
		}
	});
	const { url, relay } = await startRelay({ store: counted });
	await expect.poll(() => calls).toContain('scrub');
	expect(calls.length).toBeLessThan(10);
	expect(relay.stats().rooms).toBe(0);
	const bob = openProvider(url, { session: `${BOB}-1` });
	await whenHolds(bob.doc, holdsTexts('kept'));
	expect(calls.filter((call) => call.startsWith('read'))).toEqual([`read ${ROOM}`]);
});
