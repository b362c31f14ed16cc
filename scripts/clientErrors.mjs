/** What is no HTTP request that this server takes is answered in the shape of every other refusal; Node says nothing else. */

/** @type {Readonly<Record<string, readonly [status: string, code: string, message: string]>>} */
const PROBLEMS = {
	HPE_HEADER_OVERFLOW: [
		'431 Request Header Fields Too Large',
		'headers_too_large',
		'The headers of the request are too large.'
	],
	HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'too_large', 'The body is too large.'],
	ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'too_slow', 'The request took too long to arrive.']
};
/** @type {readonly [status: string, code: string, message: string]} */
const MALFORMED = ['400 Bad Request', 'malformed_request', 'This is no HTTP request.'];

/** Whoever is still sending reads the answer meanwhile: a connection that is cut at once may take it away from them. */
const LINGER_MS = 1_000;

/**
 * The bytes that answer an error of Node's HTTP server.
 * @param {Error & { code?: string }} error
 */
function answerTo({ code: name = '' }) {
	const [status, code, message] = PROBLEMS[name] ?? MALFORMED;
	const body = JSON.stringify({ error: { code, message } });
	const headers = [
		'content-type: application/json',
		`content-length: ${Buffer.byteLength(body)}`,
		'cache-control: no-store',
		'x-content-type-options: nosniff',
		'connection: close'
	];
	return `HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
}

/** @param {import('node:http').Server} server */
export function answerClientErrors(server) {
	/** @type {WeakMap<import('node:stream').Duplex, import('node:http').ServerResponse>} */
	const answering = new WeakMap();
	/** @type {WeakSet<import('node:stream').Duplex>} */
	const ending = new WeakSet();
	server.on('request', (request, response) => {
		answering.set(request.socket, response);
		// The next request of the connection may have come before this one was answered.
		response.once('close', () => {
			if (answering.get(request.socket) === response) answering.delete(request.socket);
		});
	});
	server.on('clientError', (error, socket) => {
		// What comes behind the first error is not looked at any more.
		if (ending.has(socket)) return;
		// Bytes within another answer would be taken for some of it.
		const answer = answering.get(socket);
		const isWithin = answer?.headersSent && !answer.writableEnded;
		if (!socket.writable || isWithin) return void socket.destroy();
		ending.add(socket);
		socket.on('error', () => socket.destroy());
		socket.end(answerTo(error));
		const late = setTimeout(() => socket.destroy(), LINGER_MS);
		socket.once('close', () => clearTimeout(late));
	});
}
