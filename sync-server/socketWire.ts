import { WebSocket } from 'ws';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import type { RelayMeters } from './meters';
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

export interface SocketWireOptions {
	readonly socket: WebSocket;
	/** Milliseconds that it may take to close before it is cut. */
	readonly closeWithinMs: number;
	readonly meters: RelayMeters;
	/** Called before it closes from this side. */
	readonly onClose: () => void;
}

/** The relay's side of a WebSocket. */
export function socketWire({ socket, closeWithinMs, meters, onClose }: SocketWireOptions): Wire {
	function close(code: number, reason: string): void {
		if (socket.readyState !== WebSocket.OPEN) return;
		onClose();
		socket.close(code, reason);
		const cut = setTimeout(() => socket.terminate(), closeWithinMs);
		socket.once('close', () => clearTimeout(cut));
	}
	return {
		send(bytes) {
			if (socket.readyState !== WebSocket.OPEN) return;
			if (socket.bufferedAmount > OUTPUT_BYTES_MAX) return close(CLOSE.unavailable, 'too slow');
			meters.count('framesOut');
			meters.count('bytesOut', bytes.length);
			socket.send(bytes);
		},
		close
	};
}
