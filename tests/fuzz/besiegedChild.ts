/**
 * A relay on SQLite, as a process of its own, that is besieged for long: `fork(besiegedChild, [database file])`. It tells
 * its port, each closing and each error by message, and answers what it holds in memory.
 */
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';
import { accessOf, ALICE, authenticate, BOB } from '../../sync-server/cast.fixture';
import { answer } from '../bench/relay/servers/answering';
import { createRelay } from '../../sync-server/relay';
import { everybodyWrites } from '../../sync-server/everybodyWrites.fixture';
import { noMeters, type HandledFrame } from '../../sync-server/meters';
import { SlowestFrame } from './slowestFrame';
import { sqliteRoomStore } from '../../sync-server/sqliteRoomStore';
import type { RelayLog } from '../../sync-server/ports';

/** What it tells unasked. */
export type Told =
	{ readonly closed: number } | { readonly error: string } | { readonly slowest: HandledFrame };

const tell = (told: Told) => process.send?.(told);
const describe = (fields: object): string => {
	const error: unknown = 'err' in fields ? fields.err : undefined;
	return error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(fields);
};
const log: RelayLog = {
	info: () => {},
	warn: () => {},
	error: (fields, message) => tell({ error: `${message}: ${describe(fields)}` })
};
for (const event of ['uncaughtException', 'unhandledRejection'])
	process.on(event, (error) => tell({ error: `nobody caught: ${String(error)}` }));

const slowest = new SlowestFrame();
const database = new Database(process.argv[2]);
const store = sqliteRoomStore(database, Date.now);
const asides = database.prepare<[], number>('SELECT count(*) FROM room_asides').pluck();
const relay = createRelay({
	store,
	access: {
		...everybodyWrites,
		authenticate,
		// In each group are the same two.
		access: async (user, room) => {
			if (room.type !== 'segment') return accessOf(user, room);
			return user === ALICE || user === BOB ? 'write' : 'none';
		}
	},
	now: Date.now,
	randomBytes,
	log,
	meters: {
		...noMeters,
		refused: (code) => tell({ closed: code }),
		frameTook: (frame) => {
			if (slowest.hear(frame)) tell({ slowest: frame });
		}
	}
});
const server = createServer();
server.on('upgrade', (request, socket, head) => {
	if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
});
const turns = monitorEventLoopDelay({ resolution: 1 });
turns.enable();
answer(server, () => ({ ...relay.stats(), asides: asides.get() ?? 0, slowestTurnMs: turns.max / 1e6 }));
