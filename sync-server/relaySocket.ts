import { WebSocket } from 'ws';
import { CLOSE } from '../src/lib/protocol/closeCodes';

/** A frame over `maxPayload` is closed by ws with this code, which a stock provider would take for a passing trouble. */
const MESSAGE_TOO_BIG = 1009;

/** What a close frame holds (RFC 6455, section 5.5). A reason is whole or left out: half a number is another one. */
const REASON_BYTES_MAX = 123;

/** ws's server-side socket with Skein's close codes. */
export class RelaySocket extends WebSocket {
	override close(code?: number, reason?: string | Buffer): void {
		if (code === MESSAGE_TOO_BIG) super.close(CLOSE.tooLarge, 'a frame is far too large');
		else super.close(code, reason && Buffer.byteLength(reason) > REASON_BYTES_MAX ? '' : reason);
	}
}

export interface SocketCloseOptions {
	readonly socket: WebSocket;
	/** Milliseconds that it may take to close before it is cut. */
	readonly closeWithinMs: number;
	/** Called before it closes from this side. */
	readonly onClose: () => void;
}

/** The way to close a WebSocket from the relay's side. */
export function socketClose({ socket, closeWithinMs, onClose }: SocketCloseOptions) {
	return (code: number, reason: string): void => {
		if (socket.readyState !== WebSocket.OPEN) return;
		onClose();
		socket.close(code, reason);
		const cut = setTimeout(() => socket.terminate(), closeWithinMs);
		socket.once('close', () => clearTimeout(cut));
	};
}
