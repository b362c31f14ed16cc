import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startProxy, type Proxy } from './proxy';

let server: Server;
let proxy: Proxy;
let target: number | undefined;
const clients: Socket[] = [];

/** A server that answers everything with the same, behind its name. */
async function startEcho(name: string): Promise<Server> {
	const echo = createServer((socket) => {
		socket.on('error', () => socket.destroy());
		socket.on('data', (bytes) => socket.write(`${name}: ${bytes}`));
	});
	echo.listen(0, '127.0.0.1');
	await once(echo, 'listening');
	return echo;
}

const portOf = (of: Server): number => (of.address() as AddressInfo).port;

function dial(): Socket {
	const client = connect({ port: proxy.port, host: '127.0.0.1' });
	client.on('error', () => client.destroy());
	clients.push(client);
	return client;
}

/** Resolves when the connection is gone, by whatever way. */
const closed = (client: Socket): Promise<void> =>
	new Promise((resolve) => client.once('close', () => resolve()));

async function say(client: Socket, text: string): Promise<string> {
	client.write(text);
	const [answer] = await once(client, 'data');
	return String(answer);
}

beforeEach(async () => {
	server = await startEcho('first');
	target = portOf(server);
	proxy = await startProxy(() => target);
});

afterEach(async () => {
	for (const client of clients.splice(0)) client.destroy();
	await proxy.close();
	server.close();
});

test('carries bytes both ways', async () => {
	expect(await say(dial(), 'hello')).toBe('first: hello');
});

test('severed, it ends the connections that are open', async () => {
	const client = dial();
	await say(client, 'hello');
	const gone = closed(client);
	proxy.sever();
	await gone;
	expect(proxy.severed).toBe(true);
});

test('severed, it refuses new connections until it is restored', async () => {
	proxy.sever();
	await closed(dial());
	proxy.restore();
	expect(await say(dial(), 'again')).toBe('first: again');
});

test('keeps its port while the server behind it moves', async () => {
	const second = await startEcho('second');
	target = portOf(second);
	expect(await say(dial(), 'hello')).toBe('second: hello');
	clients.at(-1)?.destroy();
	second.close();
});

test('without a server behind it, it refuses', async () => {
	target = undefined;
	await closed(dial());
});

test('a server that dies ends the connections through it', async () => {
	const held: Socket[] = [];
	server.on('connection', (socket) => held.push(socket));
	const client = dial();
	await say(client, 'hello');
	const gone = closed(client);
	for (const socket of held) socket.resetAndDestroy();
	await gone;
});

test('a slow line carries everything, in order', async () => {
	proxy.throttle({ roundTripMs: 10, bytesPerSecond: 1_000_000 });
	const text = 'wool '.repeat(20_000);
	const client = dial();
	let heard = '';
	const all = new Promise<void>((resolve) =>
		client.on('data', (bytes) => {
			heard += bytes;
			if (heard.replaceAll('first: ', '').length === text.length) resolve();
		})
	);
	client.write(text);
	await all;
	expect(heard.replaceAll('first: ', '')).toBe(text);
});

test('uploads that are held leave once they are released; what the server says arrives meanwhile', async () => {
	const held: Socket[] = [];
	let toldServer = '';
	server.on('connection', (socket) => {
		held.push(socket);
		socket.on('data', (bytes) => (toldServer += bytes));
	});
	const client = dial();
	expect(await say(client, 'hello')).toBe('first: hello');
	proxy.holdUploads();
	client.write('later');
	const news = once(client, 'data');
	held[0]?.write('news');
	expect(String((await news)[0])).toBe('news');
	expect(toldServer).toBe('hello');
	const answer = once(client, 'data');
	proxy.releaseUploads();
	expect(String((await answer)[0])).toBe('first: later');
});
