/** Somebody's program that webhooks call, on this machine. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface ReceivedCall {
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

export class Receiver {
	readonly calls: ReceivedCall[] = [];
	/** What it answers to the next calls; 200 once there is none. */
	readonly answers: (
		| number
		| { readonly status: number; readonly location: string }
		| 'nothing'
		| 'endless'
		| 'other protocol'
		| Promise<number>
	)[] = [];
	readonly #server: Server;

	constructor() {
		this.#server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk) => (body += chunk));
			request.on('end', () => {
				const { headers, url: path = '' } = request;
				this.calls.push({ path, headers: headers as Record<string, string>, body });
				const answer = this.answers.shift() ?? 200;
				if (answer === 'nothing') return void request.socket.destroy();
				if (answer === 'endless') {
					response.writeHead(200).write('x'.repeat(200_000));
					return;
				}
				if (answer === 'other protocol')
					return void request.socket.end(
						'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'
					);
				if (answer instanceof Promise) return void answer.then((status) => response.writeHead(status).end());
				if (typeof answer === 'object')
					response.writeHead(answer.status, { location: answer.location }).end();
				else response.writeHead(answer).end('thanks');
			});
		});
	}

	async start(): Promise<this> {
		this.#server.listen(0, '127.0.0.1');
		await once(this.#server, 'listening');
		return this;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/skein`;
	}

	/** The texts it has been told of, as often as it has. */
	get texts(): string[] {
		return this.calls.map(({ body }) => JSON.parse(body).data.text as string);
	}

	stop(): void {
		this.#server.closeAllConnections();
		this.#server.close();
	}
}
