/** A login, with few conversations and with many. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createHeadlessDevice } from '../../../src/lib/sync/headlessDevice';
import { createMemoryDisk } from '../../../src/lib/sync/memoryStorage';
import { directoryRoom } from '../../../src/lib/protocol/rooms';
import { enter } from './accounts';
import { repeated } from './timed';
import { spread, table } from '../figures';
import type { Device } from '../../../src/lib/sync/device';
import type { RelayProcess } from '../../kit/relayProcess';
import type { ServerOptions } from './serverOptions';

const groupName = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Looks again with every change of the device. */
const until = (device: Device, condition: () => boolean): Promise<void> =>
	new Promise((resolve) => {
		const look = () => {
			if (!condition()) return;
			stop();
			resolve();
		};
		const stop = device.onChange(look);
		look();
	});

/** From the password to the list, on a device that has nothing yet and on one that was there before. */
export async function logins(server: RelayProcess, { runs, conversations }: ServerOptions): Promise<string> {
	const many = await enter(server, 'register', 'many');
	const few = await enter(server, 'register', 'few');
	await server.stop();
	const db = new Database(join(server.data, 'skein.db'));
	const group = db.prepare(
		`INSERT INTO conversations (id, kind, name, creator, created_at) VALUES (?, 'group', ?, ?, 0)`
	);
	const member = db.prepare(
		`INSERT INTO members (conversation_id, user_id, role, joined_at) VALUES (?, ?, 'owner', 0)`
	);
	const due = db.prepare('INSERT OR IGNORE INTO projections_due (room) VALUES (?)');
	db.transaction(() => {
		for (let n = 0; n <= conversations; n++) {
			const { id } = n === 0 ? few.user : many.user;
			group.run(groupName(n), `Group ${n}`, id);
			member.run(groupName(n), id);
			due.run(`info/${groupName(n)}`);
			due.run(directoryRoom(id));
		}
	})();
	db.close();
	await server.restart();
	const origin = `http://127.0.0.1:${server.port}`;

	const rows: string[][] = [];
	for (const [username, count] of [
		['few', 1],
		['many', conversations]
	] as const) {
		const byPassword = await repeated(runs, () => enter(server, 'login', username));
		const { user, token } = await enter(server, 'login', username);
		const listing: number[] = [];
		const settling: number[] = [];
		const again: number[] = [];
		for (let run = 0; run < Math.max(3, Math.round(runs / 5)); run++) {
			const disk = createMemoryDisk();
			for (const isFirst of [true, false]) {
				const device = await createHeadlessDevice({ self: user, token, origin, disk });
				const from = performance.now();
				device.connect();
				if (isFirst) {
					await until(device, () => device.directory.conversations.size === count);
					listing.push(performance.now() - from);
				}
				await until(device, () => device.syncState === 'synced');
				(isFirst ? settling : again).push(performance.now() - from);
				await device.close();
			}
		}
		rows.push([String(count), spread(byPassword), spread(listing), spread(settling), spread(again)]);
	}
	return table(
		['Conversations', 'the password', 'the list is here', 'all of it is here', 'coming back, nothing new'],
		rows
	);
}
