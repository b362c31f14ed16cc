/** Conversations in which everyone writes in turn: how much of it arrives, and how late. */
import { conversationId, userId } from '../cast';
import { Member } from './member';
import type { Arm } from '../arms';
import type { Marked } from './marked';

export interface FanOutPlan {
	readonly arm: Arm;
	readonly port: number;
	readonly rooms: number;
	readonly members: number;
	/** Messages a second, over all rooms. */
	readonly rate: number;
	/** Before it is measured, so that what is compiled in use is: messages a second, and for how long. */
	readonly warmUp: { readonly rate: number; readonly ms: number };
	readonly runMs: number;
}

export interface FanOutResult {
	readonly sent: number;
	/** Messages that arrived at another member. */
	readonly deliveries: number;
	/** What should have arrived. */
	readonly expected: number;
	readonly seconds: number;
	/** Milliseconds from sending to arrival, over all that should arrive: Infinity where it did not in ten seconds. */
	readonly p50: number;
	readonly p99: number;
}

/** Stands in each text, with the message's number behind it. */
const MARK = Buffer.from('Z~q@');
const DIGITS = 8;
const FILLER = ' and then we went on to the harbour, see you there?';
/** Devices that connect at the same time. */
const AT_ONCE = 100;
const DRAIN_MAX_MS = 10_000;

/** Marks when the measuring begins and when it ends. */
export async function fanOut(plan: FanOutPlan, marked: Marked): Promise<FanOutResult> {
	const { arm, port, rooms, members, rate, warmUp, runMs } = plan;
	const messages = Math.ceil((warmUp.rate * warmUp.ms + rate * runMs) / 1000) + 2;
	const sentAt = new Float64Array(messages);
	const author = new Int32Array(messages);
	const latencies = new Float32Array(messages * (members - 1));
	let deliveries = 0;
	let warmedUp = 0;
	let sent = 0;
	let firstMeasured = Infinity;

	function hear(member: number, message: Buffer): void {
		let at = message.indexOf(MARK);
		if (at < 0) return;
		const now = performance.now();
		for (; at >= 0; at = message.indexOf(MARK, at + MARK.length + DIGITS)) {
			const n = readNumber(message, at + MARK.length);
			// Some servers also send to who wrote.
			if (author[n] === member) continue;
			if (n >= firstMeasured) latencies[deliveries++] = now - sentAt[n]!;
			else warmedUp += 1;
		}
	}

	const cast: Member[] = [];
	for (let member = 0; member < members; member++) {
		for (let room = 0; room < rooms; room++) {
			const id = cast.length;
			const user = userId({ first: room, conversations: 1, member });
			const conversation = conversationId(room);
			cast.push(new Member({ arm, port, user, conversation, onMessage: (message) => hear(id, message) }));
			if (cast.length % AT_ONCE === 0) await Promise.all(cast.slice(-AT_ONCE).map(({ ready }) => ready));
		}
	}
	await Promise.all(cast.map(({ ready }) => ready));

	/** Sends so many a second, whatever comes back. */
	async function offer(rate: number, ms: number): Promise<void> {
		const begun = performance.now();
		const before = sent;
		for (;;) {
			const elapsed = performance.now() - begun;
			const due = before + Math.floor((Math.min(elapsed, ms) * rate) / 1000);
			while (sent < due) {
				const member = sent % cast.length;
				author[sent] = member;
				sentAt[sent] = performance.now();
				cast[member]!.say(`${MARK.toString()}${String(sent).padStart(DIGITS, '0')}${FILLER}`);
				sent += 1;
			}
			if (elapsed >= ms) return;
			await new Promise((resolve) => setTimeout(resolve, 1));
		}
	}

	/** Waits until all has arrived, or as long as that may take. */
	async function drain(hasArrived: () => boolean): Promise<void> {
		const until = performance.now() + DRAIN_MAX_MS;
		while (!hasArrived() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
	}

	await offer(warmUp.rate, warmUp.ms);
	await drain(() => warmedUp >= sent * (members - 1));
	firstMeasured = sent;
	await marked('begin');
	const begun = performance.now();
	await offer(rate, runMs);
	const expected = (sent - firstMeasured) * (members - 1);
	await drain(() => deliveries >= expected);
	const seconds = (performance.now() - begun) / 1000;
	await marked('end');
	for (const member of cast) member.end();
	const all = latencies.fill(Infinity, deliveries).subarray(0, expected).sort();
	return {
		sent: sent - firstMeasured,
		deliveries,
		expected,
		seconds,
		p50: atRank(all, 0.5),
		p99: atRank(all, 0.99)
	};
}

const atRank = (sorted: Float32Array, share: number): number =>
	sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;

function readNumber(bytes: Buffer, at: number): number {
	let value = 0;
	for (let i = 0; i < DIGITS; i++) value = value * 10 + bytes[at + i]! - 48;
	return value;
}
