/** What a server holds: for connections on which nothing happens, and for rooms in which something was said. */
import { conversationId, userId } from '../cast';
import { fill } from './fill';
import { Member } from './member';
import type { Arm } from '../arms';
import type { Marked } from './marked';

export interface ConnectionsPlan {
	readonly arm: Arm;
	readonly port: number;
	readonly connections: number;
}

/** A link of a device that has nothing open; where there is no such thing, connections that share one empty room. */
export async function connections(plan: ConnectionsPlan, marked: Marked): Promise<null> {
	const { arm, port } = plan;
	const conversation = arm === 'skein' ? undefined : conversationId(0);
	const devices: Member[] = [];
	await marked('before');
	for (let member = 0; member < plan.connections; member++) {
		const user = userId({ first: 0, conversations: 1, member });
		devices.push(new Member({ arm, port, user, conversation }));
		if (devices.length % AT_ONCE === 0) await Promise.all(devices.slice(-AT_ONCE).map(({ ready }) => ready));
	}
	await Promise.all(devices.map(({ ready }) => ready));
	await marked('behind');
	for (const device of devices) device.end();
	return null;
}

export interface RoomsPlan {
	readonly arm: Arm;
	readonly port: number;
	readonly rooms: number;
	readonly messages: number;
}

/** Rooms with a history, that nobody is in any more; others before them, so that what is compiled in use is. */
export async function rooms(plan: RoomsPlan, marked: Marked): Promise<null> {
	await fill({ ...plan, rooms: WARM_UP_ROOMS, from: plan.rooms });
	await marked('before');
	await fill(plan);
	await marked('behind');
	return null;
}

const AT_ONCE = 100;
const WARM_UP_ROOMS = 300;
