/**
 * One origin for everything that a benchmark opens, so that all of it shares one browser profile's storage: the
 * benchmark's own pages under /bench/, and behind them the app with its relay, as long as the line is up.
 */
import { connect } from 'node:net';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Served {
	readonly type: string;
	readonly body: string | Uint8Array;
}

export interface Front {
	readonly origin: string;
	/** False: the app and its relay cannot be reached. The benchmark's pages always can. */
	online: boolean;
	close(): Promise<void>;
}

export interface FrontOptions {
	/** What is at `/bench/<path>`; undefined if nothing is. */
	readonly serve: (path: string) => Served | undefined;
	/** The port of the app now; undefined while there is none. */
	readonly app: () => number | undefined;
}

export async function startFront({ serve, app }: FrontOptions): Promise<Front> {
	const upgraded = new Set<Duplex>();
	const front = { origin: '', online: false, close };

	const server = createServer((request, response) => {
		const path = new URL(request.url ?? '/', 'http://front').pathname;
		if (path.startsWith('/bench/')) answer(serve(path.slice('/bench/'.length)), response);
		else forward(request, response);
	});

	function forward(request: IncomingMessage, response: ServerResponse): void {
		const port = front.online ? app() : undefined;
		if (port === undefined) {
			response.destroy();
			return;
		}
		const { method, url: path, headers } = request;
		const onward = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (answered) => {
			response.writeHead(answered.statusCode ?? 502, answered.headers);
			answered.pipe(response);
		});
		onward.on('error', () => response.destroy());
		request.pipe(onward);
	}

	server.on('upgrade', (request, socket, head) => {
		const port = front.online ? app() : undefined;
		if (port === undefined) return socket.destroy();
		const onward = connect({ port, host: '127.0.0.1' }, () => {
			const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`);
			onward.write(`${[`GET ${request.url} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n`);
			onward.write(head);
			onward.pipe(socket);
			socket.pipe(onward);
		});
		for (const [one, other] of [
			[socket, onward],
			[onward, socket]
		] as const) {
			upgraded.add(one);
			one.on('error', () => one.destroy());
			one.on('close', () => {
				upgraded.delete(one);
				other.destroy();
			});
		}
	});

	async function close(): Promise<void> {
		for (const socket of upgraded) socket.destroy();
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}

	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	front.origin = `http://localhost:${(server.address() as AddressInfo).port}`;
	return front;
}

function answer(served: Served | undefined, response: ServerResponse): void {
	if (!served) {
		response.writeHead(404).end();
		return;
	}
	response.writeHead(200, { 'content-type': served.type, 'cache-control': 'no-store' }).end(served.body);
}
