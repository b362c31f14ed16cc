import { WebSocket } from 'ws';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import type { Wire } from './channel';

/** Bytes that may wait for a slow reader before its socket is closed: it comes back and syncs from the store. */
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;

/** A frame over `maxPayload` is closed by ws with this code, which a stock provider would take for a passing trouble. */
const MESSAGE_TOO_BIG = 1009;

/** ws's server-side socket with Skein's close codes. */
export class RelaySocket extends WebSocket {
	override close(code?: number, reason?: string | Buffer): void {
		if (code === MESSAGE_TOO_BIG) super.close(CLOSE.tooLarge, 'a frame is far too large');
		else super.close(code, reason);
	}
}

/** The relay's side of a WebSocket. One that does not close within `closeWithinMs` is cut. */
export function socketWire(socket: WebSocket, closeWithinMs: number): Wire {
	function close(code: number, reason: string): void {
		if (socket.readyState !== WebSocket.OPEN) return;
		socket.close(code, reason);
		const cut = setTimeout(() => socket.terminate(), closeWithinMs);
		socket.once('close', () => clearTimeout(cut));
	}
	return {
		send(bytes) {
			if (socket.readyState !== WebSocket.OPEN) return;
			if (socket.bufferedAmount > OUTPUT_BYTES_MAX) close(CLOSE.unavailable, 'too slow');
			else socket.send(bytes);
		},
		close
	};
}
