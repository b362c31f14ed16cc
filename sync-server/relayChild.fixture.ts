/**
 * A relay as a process of its own, to be killed: `tsx relayChild.fixture.ts <database file>`. It rewrites its rooms all
 * the time, prints its port, and lets everybody write everywhere: `Authorization: Bearer <user>-<anything>` says who.
 */
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import { createRelay } from './relay';
import { everybodyWrites } from './everybodyWrites.fixture';
import { sqliteRoomStore } from './sqliteRoomStore';

const database = new Database(process.argv[2]);
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const relay = createRelay({
	store: sqliteRoomStore(database, Date.now),
	access: everybodyWrites,
	now: Date.now,
	randomBytes,
	log: silent,
	limits: { updatesMax: 3 },
	timing: { eraseWithinMs: 1 }
});
const server = createServer();
server.on('upgrade', (request, socket, head) => relay.handleUpgrade(request, socket, head));
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
