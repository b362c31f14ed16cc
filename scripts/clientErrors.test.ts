import { once } from 'node:events';
import { createServer, type Server, type ServerOptions } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerClientErrors } from './clientErrors.mjs';

let server: Server;

async function start(limits: ServerOptions = {}): Promise<void> {
	server = createServer(limits, (request, response) => {
		if (request.url !== '/begun') return void response.end('fine');
		response.write('begun');
		request.resume();
	});
	answerClientErrors(server);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
}
beforeEach(() => start());
afterEach(() => {
	server.closeAllConnections();
	server.close();
});

/** All that comes back for these bytes, until the connection ends. */
async function say(bytes: string): Promise<string> {
	const line = connect((server.address() as AddressInfo).port, '127.0.0.1');
	let came = '';
	line.on('data', (data) => (came += String(data)));
	line.write(bytes);
	await once(line, 'close');
	return came;
}

function read(answer: string) {
	const [head = '', body = ''] = answer.split('\r\n\r\n');
	const [first, ...headers] = head.split('\r\n');
	return { status: Number(first?.split(' ')[1]), headers, body: JSON.parse(body) as object };
}

it.each([
	[400, 'malformed_request', 'what is this\r\n\r\n'],
	[400, 'malformed_request', 'GET / HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n'],
	[400, 'malformed_request', 'GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n'],
	[400, 'malformed_request', 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
	[431, 'headers_too_large', `GET / HTTP/1.1\r\nhost: x\r\ncookie: ${'x'.repeat(20_000)}\r\n\r\n`],
	[431, 'headers_too_large', `GET / HTTP/1.1\r\nhost: x\r\ncookie: ${'x'.repeat(2_000_000)}\r\n\r\n`],
	[431, 'headers_too_large', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`]
])('is answered %i as %s, and no more is told than that', async (status, code, bytes) => {
	// A chunk that is none comes behind the answer to its request.
	const answer = read((await say(bytes)).replace(/^HTTP\/1.1 200[^]*?fine/, ''));
	expect(answer).toEqual({
		status,
		headers: expect.arrayContaining(['content-type: application/json', 'connection: close']),
		body: { error: { code, message: expect.any(String) } }
	});
	expect(JSON.stringify(answer)).not.toMatch(/HPE|ERR_|\.js|at /);
});

it('half a request is answered 408 once it has taken too long', async () => {
	server.close();
	await start({ headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 });
	const { status, body } = read(await say('GET / HTTP/1.1\r\nhost: x\r\n'));
	expect([status, body]).toMatchObject([408, { error: { code: 'too_slow' } }]);
});

it('nothing is said in the middle of another answer', async () => {
	const said = await say('POST /begun HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n');
	expect(said).not.toContain('malformed_request');
});

it('whoever reads nothing of it, or goes on sending, holds the connection no longer', async () => {
	const line = connect((server.address() as AddressInfo).port, '127.0.0.1');
	line.on('error', () => undefined);
	line.pause();
	const sendOn = setInterval(() => line.write('x'.repeat(1_000)), 20);
	const [socket] = (await once(server, 'connection')) as [Socket];
	line.write('what is this\r\n\r\n');
	await once(socket, 'close');
	clearInterval(sendOn);
	line.destroy();
	expect(socket.destroyed).toBe(true);
});

it('a connection goes on behind a request that was fine', async () => {
	const said = await say('GET / HTTP/1.1\r\nhost: x\r\n\r\nwhat is this\r\n\r\n');
	expect(said).toMatch(/^HTTP\/1.1 200[^]*HTTP\/1.1 400/);
});
