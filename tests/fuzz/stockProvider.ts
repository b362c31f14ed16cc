import { MESSAGE_ACK } from '../../src/lib/protocol/ack';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';

export interface StockProviderOptions {
	readonly url: string;
	readonly room: string;
	readonly doc: Y.Doc;
	readonly SocketClass: typeof globalThis.WebSocket;
	readonly connect?: boolean;
}

/** Milliseconds that a provider waits before it tries again: a broken line is mended soon. */
const BACKOFF_MAX_MS = 20;

/** An unmodified provider that asks for acks. */
export function stockProvider({ url, room, doc, SocketClass, connect = true }: StockProviderOptions) {
	const provider = new WebsocketProvider(url, room, doc, {
		WebSocketPolyfill: SocketClass,
		disableBc: true,
		params: { ack: '1' },
		maxBackoffTime: BACKOFF_MAX_MS,
		connect
	});
	// Who cares for acks hears them by a handler of its own.
	provider.messageHandlers[MESSAGE_ACK] = () => {};
	provider.awareness.setLocalState(null);
	return provider;
}
