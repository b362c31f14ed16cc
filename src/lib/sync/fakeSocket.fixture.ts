import { decodeLinkFrame, encodeLinkFrame, type LinkFrame } from '../protocol/linkFrames';
import type { SocketLike, Timers } from './ports';

/** A socket whose other end is the test. */
export class FakeSocket implements SocketLike {
	binaryType = '';
	readyState = 0;
	bufferedAmount = 0;
	onopen: SocketLike['onopen'] = null;
	onmessage: SocketLike['onmessage'] = null;
	onclose: SocketLike['onclose'] = null;
	onerror: SocketLike['onerror'] = null;
	closedByDevice = false;
	readonly sent: LinkFrame[] = [];

	constructor(readonly url: string) {}

	send(data: Uint8Array): void {
		this.sent.push(decodeLinkFrame(data)!);
	}

	close(): void {
		this.readyState = 3;
		this.closedByDevice = true;
	}

	accept(): void {
		this.readyState = 1;
		this.onopen?.({});
	}

	say(frame: LinkFrame): void {
		this.onmessage?.({ data: encodeLinkFrame(frame).slice().buffer });
	}

	end(code: number): void {
		this.readyState = 3;
		this.onclose?.({ code, reason: '' });
	}
}

/** A clock and timers that the test moves. */
export function createFakeTime(startMs = 1_000_000) {
	let nowMs = startMs;
	const due = new Set<{ at: number; callback: () => void }>();
	const timers: Timers = {
		after(ms, callback) {
			const timer = { at: nowMs + ms, callback };
			due.add(timer);
			return () => due.delete(timer);
		}
	};
	return {
		timers,
		now: () => nowMs,
		/** Moves time on and runs what becomes due, in order. */
		advance(ms: number): void {
			const until = nowMs + ms;
			for (;;) {
				const next = [...due].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
				if (!next) break;
				due.delete(next);
				nowMs = Math.max(nowMs, next.at);
				next.callback();
			}
			nowMs = until;
		}
	};
}
