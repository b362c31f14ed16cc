/** A start with 100,000 rooms on disk, beside one with none, and the first conversation that is opened behind it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { conversationId, userId } from '../cast';
import { encodeHeader } from '../../../../src/lib/domain/entryCodec';
import { encodeMessageBody } from '../../../../src/lib/domain/bodies';
import { KIND, logName } from '../../../../src/lib/domain/entry';
import { median, megabytes, ms, table } from '../../figures';
import { segmentRoom } from '../../../../src/lib/protocol/rooms';
import { ServerProcess } from '../serverProcess';
import { sqliteRoomStore } from '../../../../sync-server/sqliteRoomStore';
import { writeUpdate } from '../../../../src/lib/protocol/updateWriter';
import type { Arm } from '../arms';
import type { Row, RowLab } from './row';
import type { StoredUpdate } from '../../../../sync-server/roomStore';
import type { Struct } from '../../../../src/lib/protocol/updateReader';

const ROOMS = 100_000;
const MESSAGES = 20;
const ROOMS_A_COMMIT = 1_000;

interface Start {
	/** From the process's beginning until it listens. */
	readonly listensMs: number;
	readonly cpuMs: number;
	readonly residentBytes: number;
	/** Of a room's first opening. */
	readonly joinMs: number;
}

export const startUp: Row = async (lab) => {
	const folder = await mkdtemp(join(tmpdir(), 'skein-start-'));
	try {
		const full = join(folder, 'full.db');
		lab.tell(`writing ${ROOMS} rooms`);
		await writeRooms(full);
		const cases: readonly (readonly [string, Arm, string | undefined])[] = [
			[`skein, ${ROOMS.toLocaleString('en')} rooms on disk`, 'skein', full],
			['skein, nothing on disk', 'skein', undefined],
			['stock, which keeps nothing', 'stock', undefined]
		];
		const rows: string[][] = [];
		for (const [name, arm, file] of cases) {
			lab.tell(name);
			const starts: Start[] = [];
			for (let run = 0; run < lab.runs; run++) starts.push(await measure(lab, arm, file));
			const of = (key: keyof Start) => median(starts.map((start) => start[key]));
			const [listens, cpu, first] = [of('listensMs'), of('cpuMs'), of('joinMs')].map(ms);
			rows.push([name, listens!, cpu!, megabytes(of('residentBytes')), first!]);
		}
		const head = [
			'server',
			'listens after',
			'CPU until then',
			'memory of the process',
			'first conversation opened in'
		];
		return `### Start\n\n${table(head, rows)}`;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
};

async function measure({ programs, load }: RowLab, arm: Arm, file: string | undefined): Promise<Start> {
	const begunAt = performance.now();
	const server = await ServerProcess.start({ programs, server: arm === 'stock' ? 'stock' : 'skein', file });
	try {
		const listensMs = performance.now() - begunAt;
		const { cpuSeconds, residentBytes } = await server.usage();
		const { ms: joinMs } = await load.run('join', { arm, port: server.port, room: ROOMS / 2 });
		return { listensMs, cpuMs: 1_000 * cpuSeconds, residentBytes, joinMs };
	} finally {
		await server.end();
	}
}

async function writeRooms(file: string): Promise<void> {
	const database = new Database(file);
	const store = sqliteRoomStore(database, Date.now);
	for (let first = 0; first < ROOMS; first += ROOMS_A_COMMIT) {
		const batch = Array.from({ length: ROOMS_A_COMMIT }, (_, i) => room(first + i));
		await store.append(batch);
	}
	database.close();
}

function room(n: number): StoredUpdate {
	const client = n + 1;
	const root = logName(userId({ first: n, conversations: 1, member: 0 }), client);
	const body = encodeMessageBody({ text: 'Shall we meet at the harbour at seven?' });
	const structs = Array.from({ length: 2 * MESSAGES }, (_, clock): Struct => {
		const s = Math.floor(clock / 2);
		const header = encodeHeader({ kind: KIND.message, s, stamp: { ms: 1_700_000_000_000 + s, counter: 0 } });
		const bytes = clock % 2 === 0 ? header : body;
		const origin = clock === 0 ? undefined : { client, clock: clock - 1 };
		const place = { origin, rightOrigin: undefined, root: clock === 0 ? root : undefined, mapKey: undefined };
		return { type: 'binary', clock, length: 1, bytes, ...place };
	});
	const update = writeUpdate({ clients: [{ client, clock: 0, structs }], deletes: [] });
	return { room: segmentRoom(conversationId(n), 0), update };
}
