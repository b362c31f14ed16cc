/**
 * One connection of a link (link.ts): its frames, the channels on it and the pings that keep it; a silent one is given
 * up. Invariant: a channel belongs to one line, and ends with it.
 */
import { BROKEN } from '../protocol/closeCodes';
import {
	CHANGES_ROOMS_MAX,
	decodeLinkFrame,
	LINK_PING_MS,
	LINK_SILENCE_MAX_MS,
	type LinkFrame
} from '../protocol/linkFrames';
import { createLinkOutput } from './linkOutput';
import { decodeNews, encodeReport, type PresenceNews, type PresenceReport } from '../protocol/presenceWords';
import { PartAssembly } from '../protocol/partAssembly';
import type { DevicePorts, SocketLike } from './ports';

export interface Channel {
	onFrame(frame: Extract<LinkFrame, { op: 'opened' | 'data' | 'close' }>): void;
	/** A ping came back: the line is alive though this channel had nothing to say. */
	onAlive(): void;
}

/** What changed in the relay's store. */
export interface LineChanges {
	/** What the store has reached with these. */
	readonly position: number;
	readonly rooms: readonly string[];
	/** Nothing more had changed by then. */
	readonly isLast: boolean;
}

export interface LineOptions extends Pick<DevicePorts, 'now' | 'timers'> {
	/** Rooms for which this holds go before the others, both ways. */
	readonly isFirst: (room: string) => boolean;
	readonly onOpen: () => void;
	/** The other side has said something. */
	readonly onHeard: () => void;
	readonly onChanges: (changes: LineChanges) => void;
	readonly onPresence: (news: PresenceNews) => void;
	/** A channel was closed that had not handed on all that had come on it. */
	readonly onDropped: () => void;
	/** Once, before its channels hear of it. */
	readonly onEnd: (code: number) => void;
}

/** Far more than a room can say; against a relay that never ends a message. */
const MESSAGE_BYTES_MAX = 128_000_000;

export type Line = ReturnType<typeof createLine>;

/** Over a socket that is being opened. */
export function createLine(socket: SocketLike, options: LineOptions) {
	const { now, timers } = options;
	const channels = new Map<number, { readonly room: string; readonly channel: Channel }>();
	const firstChannels = new Set<number>();
	const output = createLinkOutput(socket, timers);
	const parts = new PartAssembly({ messageBytesMax: MESSAGE_BYTES_MAX, bytesMax: 2 * MESSAGE_BYTES_MAX });
	/** Channels that have still to hand on something of what has come. */
	const behind = new Set<number>();
	let hasDropped = false;
	let nextChannel = 1;
	let heardAt = 0;
	let ended = false;

	socket.binaryType = 'arraybuffer';
	socket.onopen = () => {
		heardAt = now();
		ping();
		options.onOpen();
	};
	socket.onmessage = ({ data }) => receive(new Uint8Array(data));
	socket.onclose = ({ code }) => end(code);
	socket.onerror = () => {};
	// A connection attempt can hang for minutes on a line that swallows packets.
	let stopPing = timers.after(LINK_SILENCE_MAX_MS, () => end(BROKEN));

	function ping(): void {
		stopPing();
		stopPing = timers.after(LINK_PING_MS, () => {
			if (now() - heardAt > LINK_SILENCE_MAX_MS) return end(BROKEN);
			output.word({ op: 'ping', channel: 0 });
			ping();
		});
	}

	function receive(bytes: Uint8Array): void {
		heardAt = now();
		options.onHeard();
		const frame = decodeLinkFrame(bytes);
		if (!frame) return;
		if (frame.op === 'pong') for (const { channel } of [...channels.values()]) channel.onAlive();
		else if (frame.op === 'changes')
			options.onChanges({ ...frame, isLast: frame.rooms.length < CHANGES_ROOMS_MAX });
		else if (frame.op === 'presence') receivePresence(frame.data);
		else if (frame.op === 'opened' || frame.op === 'data' || frame.op === 'part' || frame.op === 'close')
			receiveOn(frame);
	}

	function receivePresence(bytes: Uint8Array): void {
		const news = decodeNews(bytes);
		if (news) options.onPresence(news);
	}

	function receiveOn(frame: Extract<LinkFrame, { op: 'opened' | 'data' | 'part' | 'close' }>): void {
		const channel = channels.get(frame.channel)?.channel;
		if (!channel) return;
		if (frame.op === 'part') {
			if (!parts.add(frame.channel, frame.data)) end(BROKEN);
		} else if (frame.op === 'data') {
			channel.onFrame({ ...frame, data: parts.finish(frame.channel, frame.data) });
		} else {
			if (frame.op === 'close') forget(frame.channel);
			channel.onFrame(frame);
		}
	}

	function forget(id: number): boolean {
		parts.drop(id);
		output.close(id);
		firstChannels.delete(id);
		const isOpen = channels.delete(id);
		if (behind.delete(id)) {
			hasDropped = true;
			options.onDropped();
		}
		return isOpen;
	}

	/** Tells the relay, and ourselves, whose messages go first. */
	function rank(id: number, room: string): void {
		const first = options.isFirst(room);
		if (first === firstChannels.has(id)) return;
		if (first) firstChannels.add(id);
		else firstChannels.delete(id);
		output.rank(id, first);
	}

	function end(code: number): void {
		if (ended) return;
		ended = true;
		stopPing();
		socket.onopen = socket.onmessage = socket.onclose = null;
		socket.onerror = () => {};
		socket.close();
		output.end();
		const open = [...channels];
		channels.clear();
		firstChannels.clear();
		options.onEnd(code);
		for (const [id, { channel }] of open)
			channel.onFrame({ op: 'close', channel: id, code: BROKEN, reason: '' });
	}

	return {
		end,
		/** Asks for what changed since a position, and for what changes from now on. */
		sendSince: (position: number) => output.word({ op: 'since', channel: 0, position }),
		sendPresence: (report: PresenceReport) =>
			output.word({ op: 'presence', channel: 0, data: encodeReport(report) }),
		/** Returns the channel's number. */
		openChannel(room: string, query: string, channel: Channel): number {
			const id = nextChannel++;
			channels.set(id, { room, channel });
			output.word({ op: 'open', channel: id, room, query });
			rank(id, room);
			return id;
		},
		/** Something that has come is in no document: not yet, or not by this line. */
		get isBehind() {
			return hasDropped || behind.size > 0;
		},
		/** Whether the channel has still to hand on something of what has come on it. */
		setBehind(channel: number, isBehind: boolean): void {
			if (isBehind) behind.add(channel);
			else behind.delete(channel);
		},
		sendData: (channel: number, data: Uint8Array) => output.data(channel, data),
		closeChannel(channel: number, code: number, reason: string): void {
			if (forget(channel)) output.word({ op: 'close', channel, code, reason });
		},
		/** Asks again which rooms go first. */
		rankAgain(): void {
			for (const [id, { room }] of channels) rank(id, room);
		},
		/** Runs a task a turn later: what waits to be drawn, or to be typed, comes before it. */
		nextTurn: (task: () => void): void => void timers.after(0, task)
	};
}
