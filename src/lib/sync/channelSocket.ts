/**
 * A WebSocket-shaped class whose instances are channels on a link: given to the stock y-websocket provider as its
 * `WebSocketPolyfill`, it puts all of a device's rooms on one socket. The provider needs `OPEN` on the instance,
 * ArrayBuffer data and a real code on close. What is much at once it hands on in slices, a turn each: the screen goes on
 * being drawn while a long time offline is read.
 */
import { sliceMessage, splitMessage } from './splitMessage';
import type { Gate } from './receiptsGate';
import type { Holding } from './membershipFirst';
import type { Line } from './line';
import type { Link } from './link';

/** An empty awareness message: any application message keeps a provider from calling its line dead after 30 s. */
const ALIVE = new Uint8Array([1, 1, 0]);
const NORMAL = 1000;
/** What is handed on in one turn, more or less. */
const TURN_BYTES_MAX = 16_000;

type Handler<T> = ((event: T) => void) | null;

export interface ChannelGates {
	/** It is opened once this lets it. */
	readonly opens?: Gate;
	/** What this holds back is not kept, since it may be taken back meanwhile: the next channel brings what stands then. */
	readonly writes?: Holding;
}

/** Sync step 2 and updates, and nothing that asks for them. */
const isWriting = ([type, kind]: Uint8Array): boolean => type === 0 && kind !== 0;

/** A class of sockets for URLs `…/sync/<room>?<query>`, each a channel on the link. */
export function createChannelSocketClass(
	link: Pick<Link, 'whenOnline'>,
	{ opens = () => undefined, writes }: ChannelGates = {}
): typeof WebSocket {
	class ChannelSocket {
		static readonly CONNECTING = 0;
		static readonly OPEN = 1;
		static readonly CLOSING = 2;
		static readonly CLOSED = 3;
		readonly CONNECTING = 0;
		readonly OPEN = 1;
		readonly CLOSING = 2;
		readonly CLOSED = 3;

		binaryType = 'arraybuffer';
		readyState: number = ChannelSocket.CONNECTING;
		onopen: Handler<object> = null;
		onmessage: Handler<{ data: ArrayBuffer }> = null;
		onclose: Handler<{ code: number; reason: string }> = null;
		onerror: Handler<object> = null;
		#line: Line | undefined;
		#channel: number | undefined;
		/** What has come and is not handed on yet, in order, in slices. */
		readonly #coming: Generator<Uint8Array, void>[] = [];
		#isTurnDue = false;
		readonly #room: string;
		/** Something was held back. */
		#lacks = false;
		readonly #stopWaiting: () => void;

		constructor(readonly url: string) {
			const { pathname, search } = new URL(url);
			this.#room = decodeURIComponent(pathname.slice(pathname.indexOf('/sync/') + '/sync/'.length));
			// The provider sets its handlers behind the constructor, so even a ready link opens a turn later.
			let cancelled = false;
			let stop = () => {};
			const openOnceOnline = (): void => {
				if (!cancelled) stop = link.whenOnline(open);
			};
			const open = (line: Line): void => {
				const wait = opens(this.#room);
				if (wait) void wait.then(openOnceOnline);
				else this.#open(line, search.slice(1));
			};
			queueMicrotask(openOnceOnline);
			this.#stopWaiting = () => {
				cancelled = true;
				stop();
			};
		}

		send(data: Uint8Array): void {
			if (this.#channel === undefined || this.readyState !== ChannelSocket.OPEN) return;
			if (isWriting(data) && this.#holdsBack()) return;
			for (const part of splitMessage(data)) this.#line?.sendData(this.#channel, part);
		}

		/** What comes behind something that was held back cannot be taken without it. */
		#holdsBack(): boolean {
			if (this.#lacks) return true;
			if (!writes?.holds(this.#room)) return false;
			this.#lacks = true;
			void writes.whenLet(this.#room).then(() => this.close());
			return true;
		}

		close(code = NORMAL, reason = ''): void {
			if (this.readyState >= ChannelSocket.CLOSING) return;
			if (this.#channel !== undefined) this.#line?.closeChannel(this.#channel, code, reason);
			this.#closed(code, reason);
		}

		#open(line: Line, query: string): void {
			this.#line = line;
			this.#channel = line.openChannel(this.#room, query, {
				onFrame: (frame) => {
					if (frame.op === 'close') return this.#closed(frame.code, frame.reason);
					if (frame.op === 'data') return this.#take(frame.data);
					this.readyState = ChannelSocket.OPEN;
					this.onopen?.({});
				},
				onAlive: () => this.#hand(ALIVE)
			});
		}

		/** Behind what came before it; at once if that is nothing. */
		#take(data: Uint8Array): void {
			this.#coming.push(sliceMessage(data));
			if (!this.#isTurnDue) this.#handOn();
		}

		#handOn(): void {
			this.#isTurnDue = false;
			let bytes = 0;
			for (let slices = this.#coming[0]; slices && !this.#isTurnDue; slices = this.#coming[0]) {
				const slice = slices.next().value;
				if (!slice) {
					this.#coming.shift();
					continue;
				}
				bytes += slice.length;
				if (bytes > TURN_BYTES_MAX) this.#waitATurn();
				this.#hand(slice);
			}
			this.#tellBehind();
		}

		#tellBehind(): void {
			if (this.#channel !== undefined) this.#line?.setBehind(this.#channel, this.#isTurnDue);
		}

		#waitATurn(): void {
			this.#isTurnDue = true;
			this.#line?.nextTurn(() => this.#handOn());
		}

		#hand(data: Uint8Array): void {
			if (this.readyState === ChannelSocket.OPEN) this.onmessage?.({ data: data.slice().buffer });
		}

		#closed(code: number, reason: string): void {
			if (this.readyState === ChannelSocket.CLOSED) return;
			this.readyState = ChannelSocket.CLOSED;
			// The next channel asks for what is left.
			this.#coming.length = 0;
			this.#stopWaiting();
			this.onclose?.({ code, reason });
		}
	}
	// The provider uses no more of a WebSocket than the class has; the rest of the DOM's type is never touched.
	return ChannelSocket as unknown as typeof WebSocket;
}
