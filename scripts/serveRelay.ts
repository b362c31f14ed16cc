/** The relay's own HTTP server. Nothing but /sync, the app's line, its health and its metrics is there. */
import { answerClientErrors } from './clientErrors.mjs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { HTTP_LIMITS } from './httpLimits.mjs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { closeServer, dropEmptySettings, listen, openSockets, started, trustProxy } from './httpEntry.mjs';
import { createLog } from '../src/lib/server/log';
import { createRelayAlone } from '../src/lib/server/relayAlone';
import { readSettings } from '../src/lib/server/settings';
import { root } from './prepare.mjs';

const env = process.env;
env.SKEIN_DATA ||= join(root, 'data');
dropEmptySettings();
trustProxy();

const relay = await started(() => {
	const settings = readSettings(env);
	const log = createLog(settings.logLevel);
	return createRelayAlone(settings, { now: Date.now, randomBytes, log, ownsProcess: true });
});
let stopping = false;

async function answerMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const given = Object.entries(request.headers).map(([name, value]): [string, string] => [
		name,
		String(value)
	]);
	const address = request.socket.remoteAddress;
	const answer = await relay.metrics({ headers: new Headers(given), address });
	response.writeHead(answer.status, Object.fromEntries(answer.headers));
	response.end(await answer.text());
}

const server = createServer(HTTP_LIMITS, (request, response) => {
	if (request.url === '/metrics') {
		answerMetrics(request, response).catch(() => response.destroy());
		return;
	}
	const isHealth = request.url === '/api/health';
	response.writeHead(isHealth ? 200 : 404, {
		'content-type': 'application/json',
		'cache-control': 'no-store'
	});
	response.end(
		JSON.stringify(isHealth ? relay.health() : { error: { code: 'no_such_path', message: 'Not found.' } })
	);
});
answerClientErrors(server);
const sockets = openSockets(server);

server.on('upgrade', (request, socket, head) => {
	socket.on('error', () => socket.destroy());
	if (stopping || !relay.handleUpgrade(request, socket, head)) socket.destroy();
});

listen(server, {
	port: 3001,
	// Devices come through the app or a proxy; HOST lets them come straight.
	host: '127.0.0.1',
	say: (address) => `The relay is at http://${address}`,
	async stop() {
		stopping = true;
		await relay.close();
		await closeServer(server, sockets);
	}
});
