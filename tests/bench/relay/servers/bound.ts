/**
 * What any relay has to do that is durable, and nothing else: whatever comes is in an SQLite file, by a commit with
 * `synchronous=FULL` for all that came meanwhile, before it goes to the others of the same path and its writers get an
 * answer. It reads, guards and remembers nothing: no durable relay in this process and on these libraries does better.
 * `bound <database file>`.
 */
import { createServer } from 'node:http';
import Database from 'better-sqlite3';
import { WebSocketServer, type WebSocket } from 'ws';
import { answer } from './answering';

interface Room {
	readonly sockets: Set<WebSocket>;
	readonly waiting: { readonly from: WebSocket; readonly data: Buffer }[];
}

/** As the relay rests behind a commit (`sync-server/committer.ts`), so that as much is gathered here as there. */
const COMMIT_EVERY_MS = 5;
const REST_FACTOR = 2;
const REST_MAX_MS = 25;
const ACK = Buffer.from([100, 0]);

const [file] = process.argv.slice(2);
const database = new Database(file);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec('CREATE TABLE updates (id INTEGER PRIMARY KEY, room TEXT NOT NULL, bytes BLOB NOT NULL)');
const insert = database.prepare('INSERT INTO updates (room, bytes) VALUES (?, ?)');
const store = database.transaction((rows: readonly { path: string; bytes: Buffer }[]) => {
	for (const { path, bytes } of rows) insert.run(path, bytes);
});

const rooms = new Map<string, Room>();
const changed = new Map<string, Room>();
let isRunning = false;

const turnEnds = () => new Promise((resolve) => setImmediate(resolve));

async function commitAll(): Promise<void> {
	isRunning = true;
	while (changed.size > 0) {
		await turnEnds();
		const begun = performance.now();
		const taken = [...changed].map(([path, room]) => ({ path, room, written: room.waiting.splice(0) }));
		changed.clear();
		const batches = taken.map(({ path, room, written }) => {
			const bytes = Buffer.concat(written.map(({ data }) => data));
			return { path, room, written, bytes };
		});
		store(batches);
		for (const batch of batches) tell(batch);
		await turnEnds();
		const took = performance.now() - begun;
		const restMs = Math.min(REST_MAX_MS, Math.max(REST_FACTOR * took, COMMIT_EVERY_MS - took));
		await new Promise((resolve) => setTimeout(resolve, restMs));
	}
	isRunning = false;
}

/** One message to each for all of it, and an answer to each writer; who wrote all of it hears no more than that. */
function tell({ room, written, bytes }: { room: Room; written: Room['waiting']; bytes: Buffer }): void {
	const writers = new Set(written.map(({ from }) => from));
	for (const socket of room.sockets) if (writers.size > 1 || !writers.has(socket)) socket.send(bytes);
	for (const writer of writers) writer.send(ACK);
}

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const server = createServer();
answer(server, () => ({ rooms: rooms.size }));
server.on('upgrade', (request, socket, head) => {
	sockets.handleUpgrade(request, socket, head, (opened) => {
		const path = request.url ?? '';
		const room = rooms.get(path) ?? { sockets: new Set(), waiting: [] };
		rooms.set(path, room);
		room.sockets.add(opened);
		opened.on('message', (data: Buffer) => {
			room.waiting.push({ from: opened, data });
			changed.set(path, room);
			if (!isRunning) void commitAll();
		});
		opened.on('close', () => {
			room.sockets.delete(opened);
			if (room.sockets.size === 0) rooms.delete(path);
		});
		opened.on('error', () => opened.terminate());
	});
});
