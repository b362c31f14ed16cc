/** What the entries of the app and of the relay have in common: a port, plain words if it cannot be had, and the end. */

const STOP_WITHIN_MS = 8000;
/** Requests that take longer than this are cut, so that the rest of the stop has time. */
const REQUESTS_WITHIN_MS = 4000;
const IDLE_EVERY_MS = 100;

/** Left empty, as in .env.example, means not set. */
export function dropEmptySettings() {
	for (const name of ['ORIGIN', 'HOST', 'PORT', 'SKEIN_PROXY', 'RELAY_URL'])
		if (process.env[name] === '') delete process.env[name];
}

/** Behind a proxy, the headers that it sets say how a request came; otherwise nobody's do. True if behind one. */
export function trustProxy() {
	const { env } = process;
	const proxies = Number(env.SKEIN_PROXY);
	if (Number.isInteger(proxies) && proxies > 0) {
		// The client's own address is the one that the first of our proxies saw: whatever stands before it, anybody wrote.
		env.XFF_DEPTH ??= String(proxies);
		env.PROTOCOL_HEADER ??= 'x-forwarded-proto';
		env.HOST_HEADER ??= 'x-forwarded-host';
		env.ADDRESS_HEADER ??= 'x-forwarded-for';
		return true;
	}
	for (const name of ['PROTOCOL_HEADER', 'HOST_HEADER', 'PORT_HEADER', 'ADDRESS_HEADER', 'XFF_DEPTH'])
		delete env[name];
	return false;
}

/**
 * What `start` gives. If it throws what is to be said to a person, says that alone, and ends the process.
 * @template T
 * @param {() => T | Promise<T>} start
 * @returns {Promise<T>}
 */
export async function started(start) {
	try {
		return await start();
	} catch (error) {
		console.error(error instanceof Error && error.name === 'StartProblem' ? error.message : error);
		process.exit(1);
	}
}

/**
 * Listens on PORT and HOST, and says where. SIGTERM and SIGINT let what is under way end, by `stop`, and then the process.
 * @param {import('node:http').Server} server
 * @param {{ port: number, host?: string, say: (address: string) => string, stop: (signal: string) => Promise<void> }} options
 */
export function listen(server, { port: usual, host: usualHost, say, stop }) {
	const { env } = process;
	const hint = `PORT=${usual + 1}`;
	const port = Number(env.PORT || usual);
	if (!Number.isInteger(port) || port < 0 || port > 65535) {
		console.error(`PORT is ${JSON.stringify(env.PORT)}, and should be a number from 0 to 65535.`);
		process.exit(1);
	}
	server.on('error', (error) => {
		const code = 'code' in error ? error.code : undefined;
		if (code === 'EADDRINUSE')
			console.error(`Port ${port} is in use. Choose another one, for example: ${hint}`);
		else if (code === 'EACCES')
			console.error(`Port ${port} may not be used by this user. Choose another one: ${hint}`);
		else console.error(error.message);
		process.exit(1);
	});
	const listenOn = env.HOST || usualHost;
	server.listen({ port, host: listenOn }, () => {
		const address = server.address();
		const host = listenOn && !['0.0.0.0', '::'].includes(listenOn) ? listenOn : 'localhost';
		const bound = typeof address === 'object' && address ? address.port : port;
		console.log(say(`${host.includes(':') ? `[${host}]` : host}:${bound}`));
	});

	let stopping = false;
	const end = async (/** @type {string} */ signal) => {
		if (stopping) return;
		stopping = true;
		setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
		try {
			await stop(signal);
			process.exit(0);
		} catch (error) {
			console.error(error);
			process.exit(1);
		}
	};
	process.on('SIGTERM', () => void end('SIGTERM'));
	process.on('SIGINT', () => void end('SIGINT'));
}

/**
 * Ends connections that say nothing, lets requests that are under way end, and cuts those that take too long. Node counts
 * a connection over which nothing has come yet as one with a request, and browsers open such ones ahead.
 * @param {import('node:http').Server} server
 * @param {ReadonlySet<import('node:net').Socket>} sockets those that are open, of `openSockets`
 */
export async function closeServer(server, sockets) {
	const closed = new Promise((resolve) => server.close(resolve));
	for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
	const idle = setInterval(() => server.closeIdleConnections(), IDLE_EVERY_MS);
	const late = setTimeout(() => server.closeAllConnections(), REQUESTS_WITHIN_MS);
	await closed;
	clearInterval(idle);
	clearTimeout(late);
}

/**
 * The connections of a server that are open now.
 * @param {import('node:http').Server} server
 * @returns {ReadonlySet<import('node:net').Socket>}
 */
export function openSockets(server) {
	/** @type {Set<import('node:net').Socket>} */
	const sockets = new Set();
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	return sockets;
}
