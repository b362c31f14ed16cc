/** What the server's own work costs: a change in a large group, a login with many conversations, and a refused login. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ms, percentile, spread, table, times, median } from './figures';
import { RelayProcess } from '../kit/relayProcess';
import { build } from '../../scripts/prepare.mjs';
import type { Device } from '../../src/lib/sync/device';
import { createHeadlessDevice } from '../../src/lib/sync/headlessDevice';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';
import { directoryRoom } from '../../src/lib/protocol/rooms';
import { createRelay } from '../../sync-server/relay';
import { sqliteRoomStore } from '../../sync-server/sqliteRoomStore';
import { openDatabase } from '../../src/lib/server/database';
import type { RelayAccess } from '../../sync-server/ports';
import type { Person } from '../../src/lib/domain/people';

export interface ServerOptions {
	/** Of each figure. */
	readonly runs: number;
	/** In the large group. */
	readonly members: number;
	/** Of the user who logs in. */
	readonly conversations: number;
}

const PASSWORD = 'a long enough secret';

export async function benchServer(options: ServerOptions): Promise<void> {
	build();
	const server = await RelayProcess.start();
	try {
		const parts = [
			await changes(server, options),
			await logins(server, options),
			await refusals(server, options)
		];
		console.log(`\n${parts.join('\n\n')}`);
	} finally {
		await server.dispose();
	}
}

interface Account {
	readonly user: Person;
	readonly token: string;
}

async function ask<T>(
	server: RelayProcess,
	method: string,
	path: string,
	body: object,
	token = ''
): Promise<T> {
	const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
	const address = `http://127.0.0.1:${server.port}/api/${path}`;
	const answer = await fetch(address, { method, headers, body: JSON.stringify(body) });
	return (await answer.json()) as T;
}

const enter = (server: RelayProcess, path: 'register' | 'login', username: string, password = PASSWORD) =>
	ask<Account>(server, 'POST', path, { username, password });

const userName = (n: number): string => `u${String(n).padStart(15, '0')}`;
const groupName = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

async function timed(action: () => Promise<unknown>): Promise<number> {
	const from = performance.now();
	await action();
	return performance.now() - from;
}

async function repeated(runs: number, action: (run: number) => Promise<unknown>): Promise<number[]> {
	const took: number[] = [];
	for (let run = 0; run < runs; run++) took.push(await timed(() => action(run)));
	return took;
}

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

/** Rows as many registrations would have made them: no password is hashed for somebody who never logs in. */
function addPeople(db: Database.Database, count: number): void {
	const insert = db.prepare(
		`INSERT INTO users (id, username, username_key, display_name, display_name_key, created_at)
		VALUES (?, ?, ?, ?, ?, 0)`
	);
	for (let n = 0; n < count; n++) {
		const name = userName(n);
		insert.run(name, name, name, `Person ${n}`, `person ${n}`);
	}
}

const newestOf = (db: Database.Database) =>
	db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM room_updates').pluck();
const storedSince = (db: Database.Database) =>
	db.prepare<[number], number>('SELECT sum(length(bytes)) FROM room_updates WHERE id > ?').pluck();

/** One rename in a group, as it is and as it would be with a copy of each conversation in every member's directory. */
async function changes(server: RelayProcess, { runs, members }: ServerOptions): Promise<string> {
	const { user, token } = await enter(server, 'register', 'owner');
	const db = new Database(join(server.data, 'skein.db'));
	db.transaction(() => addPeople(db, members))();
	const others = Array.from({ length: members - 1 }, (_, n) => userName(n));
	const group = { kind: 'group', members: others, name: 'Boats' };
	const { conversation } = await ask<{ conversation: { id: string } }>(
		server,
		'POST',
		'conversations',
		group,
		token
	);
	const [newest, since] = [newestOf(db), storedSince(db)];
	const renames: number[] = [];
	const renaming = await repeated(runs, async (run) => {
		const before = newest.get()!;
		await ask(server, 'PATCH', `conversations/${conversation.id}`, { name: `Boats ${run}` }, token);
		renames.push(since.get(before)!);
	});
	db.close();
	const { copying, copies } = await copyEverywhere(server, [user.id, ...others], Math.ceil(runs / 5));
	return table(
		[`A rename in a group of ${members}`, 'until it is said and answered', 'bytes stored'],
		[
			['Skein: one info document, and a line of the timeline', spread(renaming), String(median(renames))],
			['a copy in each member’s directory', spread(copying), String(median(copies))],
			['ratio', times(median(copying) / median(renaming)), times(median(copies) / median(renames))]
		]
	);
}

/** The same change in a directory of each member, by the same relay on a file of its own. */
async function copyEverywhere(server: RelayProcess, members: readonly string[], runs: number) {
	const db = openDatabase(join(server.data, 'copies.db'));
	const relay = createRelay({
		store: sqliteRoomStore(db, Date.now),
		access: NOBODY,
		now: Date.now,
		randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
		log: { info: () => {}, warn: () => {}, error: () => {} }
	});
	const [newest, since] = [newestOf(db), storedSince(db)];
	const copies: number[] = [];
	const copying = await repeated(Math.max(3, runs), async (run) => {
		const before = newest.get()!;
		const told = new Map([['conversation/boats', { kind: 'group', name: `Boats ${run}` }]]);
		await Promise.all(members.map((user) => relay.project(directoryRoom(user), told)));
		copies.push(since.get(before)!);
	});
	await relay.close();
	db.close();
	return { copying, copies };
}

/** Nobody connects to it. */
const NOBODY: RelayAccess = {
	authenticate: async () => undefined,
	isLoggedIn: async () => false,
	access: async () => 'none',
	conversationsOf: async () => [],
	firstSegments: async () => new Map(),
	blockedBy: async () => [],
	writesSince: async () => 0,
	allowsOrigin: () => false
};

/** From the password to the list, on a device that has nothing yet and on one that was there before. */
async function logins(server: RelayProcess, { runs, conversations }: ServerOptions): Promise<string> {
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

/** Whether the time of a refused login tells that there is such an account. */
async function refusals(server: RelayProcess, { runs }: ServerOptions): Promise<string> {
	const attempt = (username: string) => () => enter(server, 'login', username, 'not the password');
	const arms = { unknown: [] as number[], wrong: [] as number[], again: [] as number[] };
	await repeated(5, attempt('few'));
	// In turns, so that whatever else the machine does falls on all of them.
	for (let run = 0; run < 5 * runs; run++) {
		arms.unknown.push(await timed(attempt(`nobody${run}`)));
		arms.wrong.push(await timed(attempt('few')));
		arms.again.push(await timed(attempt('few')));
	}
	const noise = Math.abs(median(arms.wrong) - median(arms.again));
	const told = Math.abs(median(arms.wrong) - median(arms.unknown));
	return table(
		['A login that is refused', 'median (10 % – 90 %)', '99 %'],
		[
			['nobody of that name', spread(arms.unknown), ms(percentile(arms.unknown, 0.99))],
			['a wrong password', spread(arms.wrong), ms(percentile(arms.wrong, 0.99))],
			['the same again', spread(arms.again), ms(percentile(arms.again, 0.99))],
			['between the first two medians', ms(told), ''],
			['between the last two: noise', ms(noise), '']
		]
	);
}
