/** A change in a large group, as it is and with a copy in each member's directory. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { userName } from '../../kit/manyPeople';
import { ask, enter } from './accounts';
import { createRelay } from '../../../sync-server/relay';
import { directoryRoom } from '../../../src/lib/protocol/rooms';
import { median, spread, table, times } from '../figures';
import { openDatabase } from '../../../src/lib/server/database';
import { repeated } from './timed';
import { sqliteRoomStore } from '../../../sync-server/sqliteRoomStore';
import type { RelayAccess } from '../../../sync-server/ports';
import type { RelayProcess } from '../../kit/relayProcess';
import type { ServerOptions } from './serverOptions';

const newestOf = (db: Database.Database) =>
	db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM room_updates').pluck();
const storedSince = (db: Database.Database) =>
	db.prepare<[number], number>('SELECT sum(length(bytes)) FROM room_updates WHERE id > ?').pluck();

/** One rename in a group, as it is and as it would be with a copy of each conversation in every member's directory. */
export async function changes(server: RelayProcess, { runs, members }: ServerOptions): Promise<string> {
	const { user, token } = await enter(server, 'register', 'owner');
	const db = new Database(join(server.data, 'skein.db'));
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
