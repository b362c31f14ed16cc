import { WebSocket } from 'ws';

/** A class for the stock provider whose sockets carry the session. */
export function socketClassFor(session: string): typeof globalThis.WebSocket {
	return class extends WebSocket {
		constructor(address: string) {
			super(address, { headers: { authorization: `Bearer ${session}` } });
		}
		// What the provider uses is the same in ws and in the browser.
	} as unknown as typeof globalThis.WebSocket;
}
