/** One device that was away: it brings all its conversations up to date, of which some have changed. */
import { conversationId, userId } from '../cast';
import { decodeLinkFrame, encodeLinkFrame } from '../../../../src/lib/protocol/linkFrames';
import { fill } from './fill';
import { isStep2, Member, syncMessage } from './member';
import { parseRoom, segmentRoom } from '../../../../src/lib/protocol/rooms';
import { RawSocket } from './rawSocket';
import type { Arm } from '../arms';
import type { Marked } from './marked';

export interface ResyncPlan {
	readonly arm: Arm;
	readonly port: number;
	/** The device's. */
	readonly conversations: number;
	readonly messages: number;
	/** Those in which a message was written while it was away. */
	readonly changed: number;
}

export interface ResyncResult {
	readonly ms: number;
	/** In and out, upgrades included. */
	readonly bytes: number;
	/** Times that the device waits for the server's word before it can go on, upgrades included. */
	readonly roundTrips: number;
	/** Rooms that were brought up to date. */
	readonly synced: number;
}

interface Away {
	readonly port: number;
	readonly token: string;
	readonly vectors: readonly Uint8Array[];
	/** What the changes feed had told by the time it went. */
	readonly position: number;
}

export async function resync(plan: ResyncPlan, marked: Marked): Promise<ResyncResult> {
	const { arm, port, conversations, changed } = plan;
	const vectors = await fill({ ...plan, rooms: conversations });
	const token = `${userId({ first: 0, conversations, member: 0 })}-1`;
	const position = arm === 'skein' ? await newestPosition(port, token) : 0;
	for (let i = 0; i < changed; i++) {
		const room = Math.floor((i * conversations) / changed);
		const user = userId({ first: room, conversations: 1, member: 1 });
		const member = new Member({ arm, port, user, conversation: conversationId(room) });
		await member.ready;
		member.say('You were away when I wrote this.');
		await member.taken();
		member.end();
	}
	await marked('away');
	const comeBack = arm === 'skein' ? comeBackByLink : comeBackBySockets;
	const result = await comeBack({ port, token, vectors, position }, arm);
	await marked('back');
	return result;
}

/** The feed tells of many rooms in several frames, the last of which is not full. */
const isLast = (rooms: readonly string[]): boolean => rooms.length < 500;

function newestPosition(port: number, token: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const socket = new RawSocket({
			port,
			token,
			path: '/sync',
			onOpen: () =>
				socket.send(encodeLinkFrame({ op: 'since', channel: 0, position: Number.MAX_SAFE_INTEGER })),
			onMessage(message) {
				const frame = decodeLinkFrame(message);
				if (frame?.op !== 'changes' || !isLast(frame.rooms)) return;
				socket.end();
				resolve(frame.position);
			},
			onClose: () => reject(new Error('the link was closed'))
		});
	});
}

/** As Skein's devices do: what changed is asked first, and nothing else opened. */
function comeBackByLink({ port, token, vectors, position }: Away): Promise<ResyncResult> {
	return new Promise((resolve, reject) => {
		const begunAt = performance.now();
		const waiting = new Set<number>();
		let synced = 0;
		let channels = 0;
		let isToldAll = false;
		const socket = new RawSocket({
			port,
			token,
			path: '/sync',
			onOpen: () => socket.send(encodeLinkFrame({ op: 'since', channel: 0, position })),
			onMessage(message) {
				const frame = decodeLinkFrame(message);
				if (frame?.op === 'changes') {
					for (const room of frame.rooms) open(room);
					isToldAll ||= isLast(frame.rooms);
				} else if (frame?.op === 'data' && isStep2(message, message.length - frame.data.length)) {
					waiting.delete(frame.channel);
					synced += 1;
				}
				if (isToldAll && waiting.size === 0) finish();
			},
			onClose: () => reject(new Error('the link was closed'))
		});
		const open = (name: string) => {
			const room = parseRoom(name);
			if (room?.type !== 'segment') return;
			const channel = ++channels;
			waiting.add(channel);
			socket.send(encodeLinkFrame({ op: 'open', channel, room: name, query: 'ack=1' }));
			const vector = vectors[parseInt(room.conversation.slice(-12), 16)]!;
			socket.send(encodeLinkFrame({ op: 'data', channel, data: syncMessage(0, vector) }));
		};
		const finish = () => {
			socket.end();
			const bytes = socket.bytesIn + socket.bytesOut;
			// The connection, its upgrade, the feed's answer, the rooms'.
			resolve({ ms: performance.now() - begunAt, bytes, roundTrips: 4, synced });
		};
	});
}

/** As a stock provider does for each of its rooms. */
async function comeBackBySockets({ port, token, vectors }: Away, arm: Arm): Promise<ResyncResult> {
	const begunAt = performance.now();
	const sockets = vectors.map((vector, i) => {
		const room = segmentRoom(conversationId(i), 0);
		let synced = () => {};
		let fail = (_error: Error) => {};
		const done = new Promise<void>((resolve, reject) => ([synced, fail] = [resolve, reject]));
		const socket: RawSocket = new RawSocket({
			port,
			token,
			path: arm === 'skein, a socket a room' ? `/sync/${room}` : `/${room}`,
			onOpen: () => socket.send(syncMessage(0, vector)),
			onMessage: (message) => {
				if (isStep2(message, 0)) synced();
			},
			onClose: () => fail(new Error(`${arm}: a connection was closed`))
		});
		return { socket, done };
	});
	await Promise.all(sockets.map(({ done }) => done));
	const ms = performance.now() - begunAt;
	const bytes = sockets.reduce((sum, { socket }) => sum + socket.bytesIn + socket.bytesOut, 0);
	for (const { socket } of sockets) socket.end();
	// The connections, their upgrades, the answers.
	return { ms, bytes, roundTrips: 3, synced: sockets.length };
}
