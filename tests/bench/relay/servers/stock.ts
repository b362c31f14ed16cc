/** The stock server as it comes, without persistence. */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { docs, setupWSConnection } from '@y/websocket-server/utils';
import { answer } from './answering';

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const server = createServer();
answer(server, () => ({ rooms: docs.size }));
server.on('upgrade', (request, socket, head) => {
	sockets.handleUpgrade(request, socket, head, (opened) => setupWSConnection(opened, request));
});
