/**
 * The production entry: the built app and the relay on one port. The relay is made by the app when it starts and
 * published on a global symbol; here it gets the HTTP server's upgrades, which SvelteKit does not know.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerClientErrors } from './clientErrors.mjs';
import { closeServer, dropEmptySettings, listen, openSockets, started, trustProxy } from './httpEntry.mjs';
import { HTTP_LIMITS } from './httpLimits.mjs';
import { publishedRelay } from './publishedRelay.mjs';
import { forgetUnreadBody } from './unreadBody.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Filled here for each request and never taken from a client. */
const OWN_PROTOCOL_HEADER = 'x-skein-protocol';

const env = process.env;
env.NODE_ENV ??= 'production';
env.SKEIN_DATA ||= join(root, 'data');
dropEmptySettings();
const behindProxy = trustProxy();
// A picture may be longer than the adapter lets any request be; the routes have limits of their own.
env.BODY_SIZE_LIMIT ??= '4M';
// Without ORIGIN, the address of the app is the one that the request came to.
if (!behindProxy) env.PROTOCOL_HEADER = OWN_PROTOCOL_HEADER;

const { handler } = await started(() => import(new URL('../build/handler.js', import.meta.url).href));
const relay = publishedRelay();
let stopping = false;

/** @param {import('node:http').IncomingMessage} request */
function sayProtocol(request) {
	if (!behindProxy) request.headers[OWN_PROTOCOL_HEADER] = 'http';
}

const server = createServer(HTTP_LIMITS, (request, response) => {
	sayProtocol(request);
	forgetUnreadBody(request, response);
	// Static files do not come by the app's own handle.
	response.setHeader('x-content-type-options', 'nosniff');
	response.setHeader('referrer-policy', 'same-origin');
	response.setHeader('cross-origin-resource-policy', 'same-origin');
	handler(request, response, () => {
		response.statusCode = 404;
		response.end('Not found');
	});
});
answerClientErrors(server);
const sockets = openSockets(server);

server.on('upgrade', (request, socket, head) => {
	sayProtocol(request);
	socket.on('error', () => socket.destroy());
	if (stopping || !relay?.handleUpgrade(request, socket, head)) socket.destroy();
});

listen(server, {
	port: 3000,
	say: (address) => `Skein is at ${env.ORIGIN || `http://${address}`}`,
	/** Lets what is under way end: the relay after its last commit, then the requests. */
	async stop(signal) {
		stopping = true;
		await relay?.close();
		await closeServer(server, sockets);
		// The app listens for this name, which is SvelteKit's own, to close its database.
		Reflect.apply(process.emit, process, ['sveltekit:shutdown', signal]);
	}
});
