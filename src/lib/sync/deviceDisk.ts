/**
 * What a device reads from its disk before it can show anything. Invariant: nothing is asked for after the answer to
 * something that it does not need; a cold disk answers ten questions hardly later than one.
 */
import { conversationsWithCancelled } from './cancelled';
import type { ClockState } from '../domain/clock';
import { createKeptClock } from './keptClock';
import { directoryRoom, homeRoom, infoRoom, segmentRoom } from '../protocol/rooms';
import { openDeviceId } from './deviceId';
import { openDirectorySync } from './directorySync';
import { openDrafts } from './drafts';
import { openEdits } from './edits';
import { openHome } from './home';
import { openOutbox, type OutboxOptions } from './outbox';
import { openPeople } from './people';
import { openSalvagedTexts } from './salvagedTexts';
import { openSummaries, type Summaries } from './summaries';
import type { Api } from './api';
import type { ConversationId, UserId } from '../domain/ids';
import type { DevicePorts, LocalStore } from './ports';
import type { DeviceRooms } from './deviceRooms';
import type { Stamp } from '../domain/stamp';

export interface DeviceDiskOptions extends Pick<
	OutboxOptions,
	'mintId' | 'nameOf' | 'joinedIn' | 'written' | 'onDone' | 'mustWait'
> {
	readonly api: Api;
	/** The next stamp of a conversation that is in memory. */
	readonly stampIn: (id: ConversationId) => Stamp | undefined;
	readonly self: UserId;
	readonly ports: DevicePorts;
	readonly local: LocalStore;
	readonly rooms: DeviceRooms;
	/** The conversation that is about to be shown: its documents are read beside the rest. */
	readonly shownFirst: ConversationId | undefined;
	readonly onProblem: (error: unknown) => void;
}

/** Settles once all of it is read, but for the documents of the conversation that is shown first. */
export async function readDeviceDisk(options: DeviceDiskOptions) {
	const { self, ports, local, rooms, api, mintId, stampIn, onProblem } = options;
	const { nameOf, joinedIn, written, onDone, mustWait } = options;
	const { tabs, timers, randomBytes } = ports;
	const directory = openDirectorySync(rooms.open(directoryRoom(self)));
	const ownRoom = rooms.open(homeRoom(self));
	const readingSummaries = openSummaries(local, tabs);
	const readingCancelled = conversationsWithCancelled(local);
	void readingSummaries.then((summaries) => readAhead(options, summaries));
	const [clockState, lastSyncedAt, deviceId, summaries, people, salvaged, outbox] = await Promise.all([
		local.get<ClockState>('clock', 'state'),
		local.get<number>('clock', 'lastSyncedAt'),
		openDeviceId({ local, tabs, randomBytes, onProblem }),
		readingSummaries,
		openPeople(local, api),
		openSalvagedTexts(local, tabs),
		openOutbox({
			local,
			api,
			tabs,
			now: ports.now,
			serverNow: () => clock.correctedNow(),
			timers,
			mintId,
			nameOf,
			joinedIn,
			stampIn: (id) => stampIn(id) ?? clock.tick(),
			written,
			onDone,
			mustWait
		})
	]);
	const clock = createKeptClock(local, { now: ports.now, state: clockState, onProblem });
	const home = openHome({ self, deviceId, room: ownRoom, clock, timers, tabs });
	const [drafts, edits, cancelledIn] = await Promise.all([
		openDrafts({ local, home, clock, tabs }),
		openEdits({ local, tabs, deviceId }),
		readingCancelled,
		directory.whenLoaded,
		home.whenLoaded
	]);
	return {
		deviceId,
		clock,
		lastSyncedAt,
		directory,
		home,
		summaries,
		people,
		salvaged,
		outbox,
		drafts,
		edits,
		cancelledIn
	};
}

/** Only of a conversation that this device has: one of somebody else's leaves no trace here. */
function readAhead({ rooms, shownFirst }: DeviceDiskOptions, summaries: Summaries): void {
	const live = shownFirst === undefined ? undefined : summaries.get(shownFirst)?.live;
	if (shownFirst === undefined || live === undefined) return;
	rooms.readAhead(segmentRoom(shownFirst, live));
	rooms.readAhead(infoRoom(shownFirst));
}
