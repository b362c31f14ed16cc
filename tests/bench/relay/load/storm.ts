/** The line of all devices breaks, and all come back at once. */
import { conversationId, userId } from '../cast';
import { fill } from './fill';
import { Member } from './member';
import type { Arm } from '../arms';
import type { Marked } from './marked';

export interface StormPlan {
	readonly arm: Arm;
	readonly port: number;
	readonly rooms: number;
	readonly members: number;
	/** In each room. */
	readonly messages: number;
}

export interface StormResult {
	/** For each device, milliseconds from the break to being synced again. */
	readonly syncedMs: readonly number[];
	/** In and out, of all devices. */
	readonly bytes: number;
}

const AT_ONCE = 100;

export async function storm(plan: StormPlan, marked: Marked): Promise<StormResult> {
	const { arm, port, rooms, members } = plan;
	const vectors = await fill(plan);
	const connect = (room: number, member: number) => {
		const user = userId({ first: room, conversations: 1, member });
		return new Member({ arm, port, user, conversation: conversationId(room), vector: vectors[room] });
	};
	const seats = Array.from(
		{ length: rooms * members },
		(_, i) => [i % rooms, Math.floor(i / rooms)] as const
	);
	const before: Member[] = [];
	for (const [room, member] of seats) {
		before.push(connect(room, member));
		if (before.length % AT_ONCE === 0) await Promise.all(before.slice(-AT_ONCE).map(({ ready }) => ready));
	}
	await Promise.all(before.map(({ ready }) => ready));
	await marked('connected');
	const brokenAt = performance.now();
	for (const device of before) device.end();
	const syncedMs: number[] = [];
	const devices = seats.map(([room, member]) => connect(room, member));
	await Promise.all(
		devices.map(async ({ ready }) => {
			await ready;
			syncedMs.push(performance.now() - brokenAt);
		})
	);
	await marked('synced');
	const bytes = devices.reduce((sum, device) => sum + device.bytes, 0);
	for (const device of devices) device.end();
	return { syncedMs, bytes };
}
