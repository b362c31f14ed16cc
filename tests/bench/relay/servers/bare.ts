/** As little as a relay can do: whatever comes goes to all others of the same path, unread and kept nowhere. */
import { createServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { answer } from './answering';

const rooms = new Map<string, Set<WebSocket>>();
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const server = createServer();
answer(server, () => ({ rooms: rooms.size }));
server.on('upgrade', (request, socket, head) => {
	sockets.handleUpgrade(request, socket, head, (opened) => {
		const path = request.url ?? '';
		const room = rooms.get(path) ?? new Set();
		rooms.set(path, room.add(opened));
		opened.on('message', (data) => {
			for (const other of room) if (other !== opened) other.send(data);
		});
		opened.on('close', () => {
			room.delete(opened);
			if (room.size === 0) rooms.delete(path);
		});
		opened.on('error', () => opened.terminate());
	});
});
