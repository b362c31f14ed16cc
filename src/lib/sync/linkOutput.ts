/**
 * What a device sends on its link: words of the link at once, messages of its channels in turn and in parts, so that what
 * is written now is not behind a week's queue of another room. A socket tells nobody when it has room again, so that is
 * looked at again and again while something waits.
 */
import { encodeLinkFrame, type LinkFrame } from '../protocol/linkFrames';
import { FairQueue, SLICE_BYTES } from '../protocol/fairQueue';
import type { SocketLike, Timers } from './ports';

/** Bytes that may wait in the socket itself: behind them stands whatever is urgent. */
const BUFFERED_BYTES_MAX = 2 * SLICE_BYTES;
/** Messages of one rank that are on their way in parts: the relay puts no more together for one link. */
const BEGUN_MAX = 4;
const LOOK_AGAIN_MS = 25;
const SOCKET_OPEN = 1;

export function createLinkOutput(socket: SocketLike, timers: Timers) {
	const queue = new FairQueue<{ readonly bytes: Uint8Array }>({ begunMax: BEGUN_MAX });
	let stopLooking: (() => void) | undefined;

	const send = (frame: LinkFrame): void => {
		if (socket.readyState === SOCKET_OPEN) socket.send(encodeLinkFrame(frame));
	};

	const hasRoom = (): boolean => socket.bufferedAmount < BUFFERED_BYTES_MAX;

	function pump(): void {
		stopLooking?.();
		stopLooking = undefined;
		while (hasRoom()) {
			const slice = queue.next();
			if (!slice) return;
			const { channel, item, from, to, isLast } = slice;
			send({ op: isLast ? 'data' : 'part', channel, data: item.bytes.subarray(from, to) });
		}
		stopLooking = timers.after(LOOK_AGAIN_MS, pump);
	}

	return {
		/** Sends a word of the link's own, before all that waits. */
		word: send,
		/** Sends a message of a channel, in its turn. */
		data(channel: number, bytes: Uint8Array): void {
			if (queue.isEmpty && bytes.length <= SLICE_BYTES && hasRoom())
				return send({ op: 'data', channel, data: bytes });
			queue.push(channel, { bytes });
			if (!stopLooking) pump();
		},
		/** The channel's messages go before those of others from now on, or no longer do: here, and what the relay sends. */
		rank(channel: number, isFirst: boolean): void {
			queue.rank(channel, isFirst);
			send({ op: 'rank', channel, isFirst });
		},
		/** The channel is closed: what it had not sent yet is not sent. */
		close(channel: number): void {
			queue.remove(channel);
		},
		/** The socket is gone. */
		end(): void {
			stopLooking?.();
			queue.clear();
		}
	};
}
