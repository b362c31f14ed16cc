/**
 * The production entry: the built app and the relay on one port. The relay is made by the app when it starts and
 * published on a global symbol; here it gets the HTTP server's upgrades, which SvelteKit does not know.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HTTP_LIMITS } from './httpLimits.mjs';
import { publishedRelay } from './publishedRelay.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const STOP_WITHIN_MS = 8000;
/** Filled here for each request and never taken from a client. */
const OWN_PROTOCOL_HEADER = 'x-skein-protocol';

const env = process.env;
env.NODE_ENV ??= 'production';
// Left empty, as in .env.example, means not set.
for (const name of ['ORIGIN', 'HOST', 'PORT', 'SKEIN_PROXY']) if (env[name] === '') delete env[name];
env.SKEIN_DATA ||= join(root, 'data');
const behindProxy = env.SKEIN_PROXY === '1';
if (behindProxy) {
	env.PROTOCOL_HEADER ??= 'x-forwarded-proto';
	env.HOST_HEADER ??= 'x-forwarded-host';
	env.ADDRESS_HEADER ??= 'x-forwarded-for';
} else {
	// Without ORIGIN, the address of the app is the one that the request came to.
	env.PROTOCOL_HEADER = OWN_PROTOCOL_HEADER;
	delete env.HOST_HEADER;
	delete env.PORT_HEADER;
	delete env.ADDRESS_HEADER;
}

/** The built app, running. What keeps it from starting is said in a sentence, if it is known. */
async function startApp() {
	try {
		return await import(new URL('../build/handler.js', import.meta.url).href);
	} catch (error) {
		console.error(error instanceof Error && error.name === 'StartProblem' ? error.message : error);
		process.exit(1);
	}
}

const { handler } = await startApp();
const relay = publishedRelay();
let stopping = false;

/** @param {import('node:http').IncomingMessage} request */
function sayProtocol(request) {
	if (!behindProxy) request.headers[OWN_PROTOCOL_HEADER] = 'http';
}

const server = createServer(HTTP_LIMITS, (request, response) => {
	sayProtocol(request);
	handler(request, response, () => {
		response.statusCode = 404;
		response.end('Not found');
	});
});

server.on('upgrade', (request, socket, head) => {
	sayProtocol(request);
	socket.on('error', () => socket.destroy());
	if (stopping || !relay?.handleUpgrade(request, socket, head)) socket.destroy();
});

server.on('error', (error) => {
	const code = 'code' in error ? error.code : undefined;
	if (code === 'EADDRINUSE')
		console.error(`Port ${port} is in use. Choose another one, for example: PORT=3001 npm start`);
	else if (code === 'EACCES')
		console.error(`Port ${port} may not be used by this user. Choose another one: PORT=3001 npm start`);
	else console.error(error.message);
	process.exit(1);
});

const port = Number(env.PORT || 3000);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
	console.error(`PORT is ${JSON.stringify(env.PORT)}, and should be a number from 0 to 65535.`);
	process.exit(1);
}
server.listen({ port, host: env.HOST || undefined }, () => {
	const address = server.address();
	const host = env.HOST && !['0.0.0.0', '::'].includes(env.HOST) ? env.HOST : 'localhost';
	const bound = typeof address === 'object' && address ? address.port : port;
	console.log(`Skein is at ${env.ORIGIN || `http://${host.includes(':') ? `[${host}]` : host}:${bound}`}`);
});

/** Lets what is under way end: the relay after its last commit, then the requests. */
async function stop(/** @type {string} */ signal) {
	if (stopping) return;
	stopping = true;
	setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
	try {
		await relay?.close();
		const closed = new Promise((resolve) => server.close(resolve));
		server.closeIdleConnections();
		await closed;
		// The app listens for this name, which is SvelteKit's own, to close its database.
		Reflect.apply(process.emit, process, ['sveltekit:shutdown', signal]);
		process.exit(0);
	} catch (error) {
		console.error(error);
		process.exit(1);
	}
}

process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
