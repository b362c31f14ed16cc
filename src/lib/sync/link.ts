/**
 * A device's one socket to the relay (`GET /sync`), kept up by itself: it reconnects with growing pauses, pings, and
 * gives a silent line up. Rooms are channels on it: see channelSocket.ts. Invariant: a channel belongs to one
 * connection; when the connection ends, all its channels end.
 */
import { decodeLinkFrame, LINK_PING_MS, LINK_SILENCE_MAX_MS, type LinkFrame } from '../protocol/linkFrames';
import { CLOSE, isPermanentClose } from '../protocol/closeCodes';
import { createEmitter } from './emitter';
import { createLinkOutput, type LinkOutput } from './linkOutput';
import { PartAssembly } from '../protocol/partAssembly';
import type { DevicePorts, SocketLike } from './ports';

/** `refused`: the relay ended the link for good (not logged in); only `connect` tries again. */
export type LinkStatus = 'offline' | 'connecting' | 'online' | 'refused';

export interface Channel {
	onFrame(frame: Extract<LinkFrame, { op: 'opened' | 'data' | 'close' }>): void;
	/** A ping came back: the line is alive though this channel had nothing to say. */
	onAlive(): void;
}

const RETRY_FIRST_MS = 250;
const RETRY_MAX_MS = 8_000;
/** Far more than a room can say; against a relay that never ends a message. */
const MESSAGE_BYTES_MAX = 128_000_000;
/** The code a browser gives when a connection breaks without a word. */
const BROKEN = 1006;

export type Link = ReturnType<typeof createLink>;

/** `url` is `wss://…/sync`. Nothing happens before `connect`. */
export function createLink(
	url: string,
	ports: Pick<DevicePorts, 'now' | 'timers' | 'openSocket' | 'randomBytes'>
) {
	const changed = createEmitter();
	const changes = createEmitter<{ position: number; rooms: readonly string[] }>();
	const presence = createEmitter<Uint8Array>();
	const channels = new Map<number, { readonly room: string; readonly channel: Channel }>();
	const waiting = new Set<() => void>();
	let status: LinkStatus = 'offline';
	let closeCode: number | undefined;
	let socket: SocketLike | undefined;
	let output: LinkOutput | undefined;
	let parts = emptyAssembly();
	let isFirst: (room: string) => boolean = () => false;
	const firstChannels = new Set<number>();
	let failures = 0;
	let nextChannel = 1;
	let heardAt = 0;
	let stopRetry = () => {};
	let stopPing = () => {};

	function setStatus(next: LinkStatus): void {
		if (next === status) return;
		status = next;
		changed.emit();
	}

	function open(): void {
		stopRetry();
		// Only a fresh attempt is told as one: a line that fails again and again stays "offline", without flicker.
		if (failures === 0) setStatus('connecting');
		const opened = ports.openSocket(url);
		socket = opened;
		output = createLinkOutput(opened, ports.timers);
		parts = emptyAssembly();
		opened.binaryType = 'arraybuffer';
		opened.onopen = () => {
			if (socket !== opened) return;
			heardAt = ports.now();
			nextChannel = 1;
			setStatus('online');
			ping(opened);
			for (const start of [...waiting]) start();
			waiting.clear();
		};
		opened.onmessage = ({ data }) => {
			if (socket === opened) receive(new Uint8Array(data));
		};
		opened.onclose = ({ code }) => drop(opened, code);
		opened.onerror = () => {};
		// A connection attempt can hang for minutes on a line that swallows packets.
		stopPing = ports.timers.after(LINK_SILENCE_MAX_MS, () => drop(opened, BROKEN));
	}

	function ping(current: SocketLike): void {
		stopPing();
		stopPing = ports.timers.after(LINK_PING_MS, () => {
			if (socket !== current) return;
			if (ports.now() - heardAt > LINK_SILENCE_MAX_MS) return drop(current, BROKEN);
			send({ op: 'ping', channel: 0 });
			ping(current);
		});
	}

	function receive(bytes: Uint8Array): void {
		heardAt = ports.now();
		// Not when it opens: a relay that accepts and closes at once must be backed off from like one that refuses.
		failures = 0;
		const frame = decodeLinkFrame(bytes);
		if (!frame) return;
		if (frame.op === 'pong') for (const { channel } of [...channels.values()]) channel.onAlive();
		if (frame.op === 'changes') changes.emit(frame);
		if (frame.op === 'presence') presence.emit(frame.data);
		if (frame.op === 'opened' || frame.op === 'data' || frame.op === 'part' || frame.op === 'close')
			receiveOn(frame);
	}

	function receiveOn(frame: Extract<LinkFrame, { op: 'opened' | 'data' | 'part' | 'close' }>): void {
		const channel = channels.get(frame.channel)?.channel;
		if (!channel) return;
		if (frame.op === 'part') {
			if (!parts.add(frame.channel, frame.data) && socket) drop(socket, BROKEN);
		} else if (frame.op === 'data') {
			channel.onFrame({ ...frame, data: parts.finish(frame.channel, frame.data) });
		} else {
			if (frame.op === 'close') forget(frame.channel);
			channel.onFrame(frame);
		}
	}

	function forget(id: number): boolean {
		parts.drop(id);
		output?.close(id);
		firstChannels.delete(id);
		return channels.delete(id);
	}

	/** Tells the relay, and ourselves, whose messages go first. */
	function rank(id: number, room: string): void {
		const first = isFirst(room);
		if (first === firstChannels.has(id)) return;
		if (first) firstChannels.add(id);
		else firstChannels.delete(id);
		output?.rank(id, first);
	}

	function drop(which: SocketLike, code: number): void {
		if (socket !== which) return;
		socket = undefined;
		stopPing();
		which.onopen = which.onmessage = which.onclose = null;
		which.onerror = () => {};
		which.close();
		closeCode = code;
		output?.end();
		output = undefined;
		const ended = [...channels];
		channels.clear();
		firstChannels.clear();
		const refused = isPermanentClose(code);
		failures += 1;
		setStatus(refused ? 'refused' : 'offline');
		for (const [id, { channel }] of ended)
			channel.onFrame({ op: 'close', channel: id, code: BROKEN, reason: '' });
		if (!refused) stopRetry = ports.timers.after(retryDelayMs(), open);
	}

	/** Doubles from 250 ms to 8 s, less up to half at random, so that many devices do not come back at once. */
	function retryDelayMs(): number {
		const most = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(failures - 1, 10));
		return most * (0.5 + ports.randomBytes(1)[0]! / 512);
	}

	function send(frame: LinkFrame): void {
		output?.word(frame);
	}

	return {
		get status() {
			return status;
		},
		/** The session has ended or there is none. */
		get signedOut() {
			return status === 'refused' && closeCode === CLOSE.logIn;
		},
		onChange: changed.on,
		/** Rooms of this user that changed, and the position that the relay's store has reached with them. */
		onChanges: changes.on,
		/** Asks for what changed since a position, and for what changes from now on. */
		sendSince: (position: number) => send({ op: 'since', channel: 0, position }),
		/** News of who is there, in the bytes of presenceWords.ts. */
		onPresence: presence.on,
		sendPresence: (data: Uint8Array) => send({ op: 'presence', channel: 0, data }),
		/** Connects now, unless connected. */
		connect(): void {
			if (status === 'online') return;
			failures = 0;
			if (socket) drop(socket, BROKEN);
			failures = 0;
			open();
		},
		/** Ends the connection and stays offline until `connect`. */
		disconnect(): void {
			stopRetry();
			if (socket) drop(socket, BROKEN);
			stopRetry();
			setStatus('offline');
		},
		/** Opens a channel as soon as there is a connection. Returns its number then, through the callback. */
		whenOnline(start: () => void): () => void {
			if (status === 'online') start();
			else waiting.add(start);
			return () => waiting.delete(start);
		},
		openChannel(room: string, query: string, channel: Channel): number {
			const id = nextChannel++;
			channels.set(id, { room, channel });
			send({ op: 'open', channel: id, room, query });
			rank(id, room);
			return id;
		},
		/** Runs a task a turn later: what waits to be drawn, or to be typed, comes before it. */
		nextTurn: (task: () => void): void => void ports.timers.after(0, task),
		sendData: (channel: number, data: Uint8Array) => output?.data(channel, data),
		/** Rooms for which this holds go before the others, both ways. Set again whenever the answers change. */
		setFirst(holds: (room: string) => boolean): void {
			isFirst = holds;
			for (const [id, { room }] of channels) rank(id, room);
		},
		closeChannel(channel: number, code: number, reason: string): void {
			if (forget(channel)) send({ op: 'close', channel, code, reason });
		}
	};
}

const emptyAssembly = (): PartAssembly =>
	new PartAssembly({ messageBytesMax: MESSAGE_BYTES_MAX, bytesMax: 2 * MESSAGE_BYTES_MAX });
