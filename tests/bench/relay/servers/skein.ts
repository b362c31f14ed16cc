/** Skein's relay on a database file, guarded and durable as in use: `skein <database file> <idle milliseconds>`. */
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';
import { answer } from './answering';
import { conversationsOf, isMember } from '../cast';
import { createRelay } from '../../../../sync-server/relay';
import { sqliteRoomStore } from '../../../../sync-server/sqliteRoomStore';

const [file, idleMs] = process.argv.slice(2);
const database = new Database(file);
const trouble = (fields: object, message: string): void => console.error(message, fields);
const relay = createRelay({
	store: sqliteRoomStore(database, Date.now),
	access: {
		async authenticate({ authorization = '' }) {
			const sessionId = authorization.replace('Bearer ', '');
			return { userId: sessionId.slice(0, 16), sessionId };
		},
		isLoggedIn: async () => true,
		access: async (user, room) => {
			if (!('conversation' in room)) return room.user === user ? 'write' : 'none';
			return isMember(user, room.conversation) ? 'write' : 'none';
		},
		conversationsOf: async (user) => conversationsOf(user),
		firstSegments: async () => new Map(),
		blockedBy: async () => [],
		writesSince: async () => 0,
		allowsOrigin: () => true
	},
	now: Date.now,
	randomBytes,
	log: { info: () => {}, warn: trouble, error: trouble },
	timing: idleMs === undefined ? {} : { idleMs: Number(idleMs) }
});
const server = createServer();
answer(server, () => ({ ...relay.stats() }));
server.on('upgrade', (request, socket, head) => relay.handleUpgrade(request, socket, head));
