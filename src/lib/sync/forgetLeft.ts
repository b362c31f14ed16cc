/**
 * Takes from this device's disk what it keeps of conversations that the user has left, or was removed from: what is
 * erased for everybody later does not reach it any more. It is loaded once there is a connection. Invariants: it goes by
 * the server's word in this page alone, while no other tab is open, and only where nothing of one's own is in a document that the relay
 * has not taken; one that cannot be read stays.
 */
import { openSegmentSync } from './segmentSync';
import { parseRoom } from '../protocol/rooms';
import type { ConversationId, UserId } from '../domain/ids';
import type { DirectorySync } from './directorySync';
import type { DeviceStorage, LocalStore, Tabs, Timers } from './ports';
import type { RoomSync } from './roomSync';

export interface ForgetLeftOptions {
	readonly self: UserId;
	/** The number of this tab. */
	readonly slot: number;
	readonly local: Pick<LocalStore, 'keys' | 'delete'>;
	readonly storage: Pick<DeviceStorage, 'deleteDoc'>;
	readonly tabs: Pick<Tabs, 'isOpen'>;
	readonly timers: Timers;
	readonly openRoom: (room: string) => RoomSync;
	readonly directory: Pick<DirectorySync, 'isTold' | 'left'> & { readonly room: Pick<RoomSync, 'disowned'> };
	/** It is open here, or something else needs it. */
	readonly isNeeded: (id: ConversationId) => boolean;
	/** Something that was written in this segment has not left. */
	readonly onUnsent: (id: ConversationId, segment: number) => void;
}

/** What has just been left is kept for so long: it may be shown still, or be salvaged. */
const WAIT_MS = 10_000;
/** So many tabs are looked for: each has the lowest number that was free. */
const TABS_MAX = 100;

/** Looks now and then, until it is stopped. */
export function forgetLeft(options: ForgetLeftOptions): () => void {
	// Nobody can say there which tabs are open.
	if (globalThis.isSecureContext === false) return () => {};
	let stop = () => {};
	let isStopped = false;
	function soon(): void {
		if (isStopped) return;
		stop = options.timers.after(WAIT_MS, () => {
			// What did not go now is looked for again.
			void forgetOnce(options, () => !isStopped).then(soon, soon);
		});
	}
	soon();
	return () => {
		isStopped = true;
		stop();
	};
}

/** A device that is closed opens no room any more: one that is logged out would begin it anew. */
async function forgetOnce(options: ForgetLeftOptions, goesOn: () => boolean): Promise<void> {
	for (const [id, rooms] of await leftRooms(options)) {
		if (await areOthersOpen(options)) return;
		if (!(await isTaken(rooms, options, goesOn))) continue;
		// Somebody may have opened it meanwhile, or the user be in it again.
		for (const room of rooms) if (goesOn() && isLeft(id, options)) await forgetRoom(room, options);
	}
}

/**
 * A server that was put back to an older copy may lack what it had taken before, and this device alone have it: where
 * its documents were ever written anew, nothing goes.
 */
const isLeft = (id: ConversationId, { directory, isNeeded }: ForgetLeftOptions): boolean =>
	directory.isTold && directory.room.disowned.size === 0 && directory.left.has(id) && !isNeeded(id);

/** The rooms of such conversations that this device keeps something of, with the relay's word of what it has. */
async function leftRooms(options: ForgetLeftOptions): Promise<Map<ConversationId, string[]>> {
	const found = new Map<ConversationId, string[]>();
	for (const name of await options.local.keys('acks')) {
		const room = parseRoom(name);
		if (!room || !('conversation' in room) || !isLeft(room.conversation, options)) continue;
		found.set(room.conversation, [...(found.get(room.conversation) ?? []), name]);
	}
	return found;
}

async function areOthersOpen({ tabs, slot }: ForgetLeftOptions): Promise<boolean> {
	const others = Array.from({ length: TABS_MAX }, (_, n) => n).filter((n) => n !== slot);
	return (await Promise.all(others.map((n) => tabs.isOpen(n)))).includes(true);
}

/** All that is the user's own in them has been taken, as the disk has it. */
async function isTaken(
	rooms: readonly string[],
	options: ForgetLeftOptions,
	goesOn: () => boolean
): Promise<boolean> {
	for (const name of rooms) {
		const room = parseRoom(name);
		if (room?.type !== 'segment') continue;
		if (!goesOn()) return false;
		const segment = openSegmentSync({ n: room.segment, self: options.self, room: options.openRoom(name) });
		await segment.whenLoaded;
		const { isRead } = segment.room;
		const waits = segment.unsent.length > 0;
		await segment.close();
		if (waits) options.onUnsent(room.conversation, room.segment);
		if (waits || !isRead) return false;
	}
	return true;
}

/** The row goes last: what was interrupted is found again by it. */
async function forgetRoom(room: string, { local, storage }: ForgetLeftOptions): Promise<void> {
	await storage.deleteDoc(room);
	await local.delete('acks', room);
}
