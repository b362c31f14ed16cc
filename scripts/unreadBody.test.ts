import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetUnreadBody } from './unreadBody.mjs';

/** One connection, over which one request comes behind the other. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let server: Server;
let reused: boolean[];

beforeEach(async () => {
	reused = [];
	server = createServer((asked, answer) => {
		forgetUnreadBody(asked, answer);
		// As SvelteKit does: it begins to read, and waits until somebody wants more.
		if (asked.method === 'POST') asked.on('data', () => asked.pause());
		answer.writeHead(asked.method === 'POST' ? 413 : 200).end('{}');
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
});
afterEach(() => {
	agent.destroy();
	server.closeAllConnections();
	server.close();
});

async function ask(method: string, bytes: number, chunked = false): Promise<number | undefined> {
	const { port } = server.address() as AddressInfo;
	const headers = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': bytes };
	const asked = request({ host: '127.0.0.1', port, method, agent, headers });
	asked.end(Buffer.alloc(bytes));
	const [answer] = (await once(asked, 'response')) as [IncomingMessage];
	answer.resume();
	await once(answer, 'end');
	reused.push(asked.reusedSocket);
	return answer.statusCode;
}

it.each([[false], [true]])(
	'a request that is refused unread leaves its connection to the next one (in parts: %s)',
	async (chunked) => {
		expect(await ask('POST', 3_000_000, chunked)).toBe(413);
		expect(await ask('GET', 0)).toBe(200);
		expect(await ask('POST', 300_000, chunked)).toBe(413);
		expect(await ask('GET', 0)).toBe(200);
		expect(reused).toEqual([false, true, true, true]);
	}
);

it('whoever sends on without end behind the answer is cut off', async () => {
	const line = connect((server.address() as AddressInfo).port, '127.0.0.1');
	const ended = new Promise<string>((resolve) => {
		line.on('error', () => resolve('cut')).on('end', () => resolve('left open until it was idle'));
	});
	line.resume().write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000000\r\n\r\n');
	const part = Buffer.alloc(1_000_000);
	const sendOn = () => {
		while (line.writable && line.write(part));
	};
	line.on('drain', sendOn);
	sendOn();
	expect(await ended).toBe('cut');
});
