import { connect } from 'node:net';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Hands an upgrade on, as it came, to the server at this address; both sides end together. */
export function pipeUpgrade(
	request: IncomingMessage,
	socket: Duplex,
	head: Buffer,
	to: { readonly host: string; readonly port: number }
): void {
	const upstream = connect(to);
	const end = () => {
		socket.destroy();
		upstream.destroy();
	};
	for (const side of [socket, upstream]) side.on('error', end).on('close', end);
	upstream.on('connect', () => {
		const { rawHeaders } = request;
		const lines = [`${request.method} ${request.url} HTTP/1.1`];
		for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
		upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
		upstream.write(head);
		upstream.pipe(socket);
		socket.pipe(upstream);
	});
}
