/** What a request sends after its answer is taken in and forgotten up to so many bytes; whoever sends more is cut off. */
const FORGOTTEN_MAX = 16_000_000;

/**
 * Takes in what of a request was not read when its answer has been given: it was refused before its body was looked at. Left
 * where it is it would stand in the way of the connection's next request, which then waits until the connection is cut.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
export function forgetUnreadBody(request, response) {
	response.once('finish', () => {
		if (request.readableEnded || request.destroyed) return;
		// SvelteKit's own reader holds the request back for as long as nobody reads from it.
		request.removeAllListeners('data');
		let bytes = 0;
		request.on('data', (/** @type {Buffer} */ part) => {
			bytes += part.length;
			if (bytes > FORGOTTEN_MAX) request.destroy();
		});
		request.resume();
	});
}
