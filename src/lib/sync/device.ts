/**
 * A device: one account's conversations on one browser profile or in one headless process. Composition root of
 * everything below the screens. Whatever it shows comes from its own documents; the network only changes them.
 */
import { Clock, INITIAL_CLOCK, type ClockState } from '../domain/clock';
import { createApi, type Api } from './api';
import { createCatchUp } from './catchUp';
import { createChannelSocketClass } from './channelSocket';
import { createEmitter } from './emitter';
import { createLink } from './link';
import { createOpenConversations } from './openConversations';
import { directConversationId, mintUuid, type ConversationId } from '../domain/ids';
import { KIND } from '../domain/entry';
import { directoryRoom, homeRoom, parseRoom } from '../protocol/rooms';
import { openChangesFeed } from './changesFeed';
import { openConversationSync, type ConversationSync } from './conversationSync';
import { openDirectorySync } from './directorySync';
import { openDrafts } from './drafts';
import { openHome } from './home';
import { openOutbox, type Command } from './outbox';
import { openPeople } from './people';
import { openReading } from './reading';
import { openRoomSync, type RoomSync } from './roomSync';
import { openSummaries } from './summaries';
import { summarize } from './summarize';
import { whenBroughtUp } from './whenBroughtUp';
import type { DevicePorts, StorageProblem } from './ports';
import type { Person } from '../domain/people';
import type { SegmentLimits } from '../domain/limits';

export interface DeviceOptions {
	readonly self: Person;
	/** For example `https://chat.example`. */
	readonly origin: string;
	/** For headless devices; a browser has its cookie. */
	readonly token?: string;
	readonly fetch?: typeof globalThis.fetch;
	readonly ports: DevicePorts;
	/** When a segment is full, if not as everywhere: the relay must hold the same. */
	readonly segmentLimits?: SegmentLimits;
}

export type Device = Awaited<ReturnType<typeof createDevice>>;

export type DeviceSyncState = 'offline' | 'connecting' | 'catching-up' | 'synced';

/** How long changes of an open conversation are gathered before its summary is written again. */
const SUMMARY_GATHER_MS = 150;

/** Opens what is on this device. Connects only when `connect` is called. */
export async function createDevice({ self, origin, token, fetch, ports, segmentLimits }: DeviceOptions) {
	const changed = createEmitter();
	let storageProblem: StorageProblem | undefined;
	let wasSynced = false;
	let closing: Promise<void> | undefined;
	const stopProblems = ports.storage.onProblem((problem) => {
		storageProblem = problem;
		changed.emit();
	});
	const noteStorageProblem = () => {
		storageProblem ??= 'unavailable';
		changed.emit();
	};

	const local = await ports.storage.openLocal();
	const syncUrl = `${origin.replace(/^http/, 'ws')}/sync`;
	const link = createLink(`${syncUrl}?user=${self.id}`, ports);
	const SocketClass = createChannelSocketClass(link);
	const api: Api = createApi({ origin, token, user: self.id, fetch });
	const openRoom = (room: string): RoomSync =>
		openRoomSync({
			room,
			syncUrl,
			SocketClass,
			storage: ports.storage,
			local,
			tabs: ports.tabs,
			onRelayTime: (ms) => clock.correct(ms)
		});
	// What does not need the other is read side by side: a cold disk answers ten questions hardly later than one.
	const directory = openDirectorySync(openRoom(directoryRoom(self.id)));
	const ownRoom = openRoom(homeRoom(self.id));
	const [clockState, syncedBefore, deviceId, summaries, people] = await Promise.all([
		local.get<ClockState>('clock', 'state'),
		local.get<number>('clock', 'lastSyncedAt'),
		tabDeviceId(),
		openSummaries(local),
		openPeople(local, api)
	]);
	const clock = new Clock(ports.now, clockState ?? INITIAL_CLOCK);
	let lastSyncedAt = syncedBefore;
	const home = openHome({ self: self.id, deviceId, room: ownRoom, clock, timers: ports.timers });
	const [outbox, cancelled] = await Promise.all([
		openOutbox({
			local,
			api,
			tabs: ports.tabs,
			timers: ports.timers,
			mintId: () => mintUuid(ports.now(), ports.randomBytes),
			onDone: (command) => open.get(command.request.id)?.connect()
		}),
		local.all<unknown>('cancelled'),
		directory.whenLoaded,
		home.whenLoaded
	]);

	const open = createOpenConversations({
		open: openConversation,
		mayClose: (sync) => sync.unsent.length === 0 && !isPending(sync.id) && !isRefused(sync.id),
		timers: ports.timers,
		onChange: noteConversation
	});
	const reading = openReading({ self: self.id, home, timers: ports.timers });
	const catchUp = createCatchUp({
		bringUp,
		newness: (id) => summaries.get(id)?.at ?? Infinity
	});
	const [drafts, feed] = await Promise.all([
		openDrafts(local, home),
		openChangesFeed({
			link,
			local,
			onChanged: (ids) =>
				catchUp.add(
					[...ids].filter((id) => directory.current.conversations.has(id) && !open.get(id)?.synced)
				),
			isBusy: () => catchUp.left > 0
		})
	]);

	/** Each tab is a device of its own, so that none writes over what is typed in another; the first has the plain id. */
	async function tabDeviceId(): Promise<string> {
		const [kept, slot] = await Promise.all([keptDeviceId(), ports.tabs.slot()]);
		return slot === 0 ? kept : `${kept}.${slot}`;
	}

	async function keptDeviceId(): Promise<string> {
		const kept = await local.get<string>('clock', 'deviceId');
		if (kept !== undefined) return kept;
		const minted = Array.from(ports.randomBytes(6), (byte) => byte.toString(16).padStart(2, '0')).join('');
		await local.put('clock', 'deviceId', minted).catch(noteStorageProblem);
		return minted;
	}

	/** Made on this device, and not yet by the server. */
	const isPending = (id: ConversationId): boolean =>
		outbox.commands.some(({ command, refusal }) => !refusal && command.request.id === id);

	/** The server would not make it: it is on this device alone, with what was written in it. */
	const isRefused = (id: ConversationId): boolean =>
		outbox.commands.some(({ command, refusal }) => refusal && command.request.id === id);

	function openConversation(id: ConversationId): ConversationSync {
		const summary = summaries.get(id);
		const sync = openConversationSync({
			id,
			self: self.id,
			clock,
			local,
			tabs: ports.tabs,
			openRoom,
			liveHint: summary?.live,
			unsentSegments: summary?.unsentSegments,
			segmentLimits
		});
		// One that the server has not made yet, or does not list, is for this device alone: the relay would refuse it.
		if (directory.current.conversations.has(id)) sync.connect();
		void sync.whenLoaded.then(() => noteConversation(sync));
		return sync;
	}

	const stopGathering = new Map<ConversationId, () => void>();
	function noteConversation(sync: ConversationSync): void {
		noteSync();
		if (stopGathering.has(sync.id) || !sync.loaded) return;
		stopGathering.set(
			sync.id,
			ports.timers.after(SUMMARY_GATHER_MS, () => writeSummary(sync))
		);
	}

	function writeSummary(sync: ConversationSync): void {
		stopGathering.get(sync.id)?.();
		stopGathering.delete(sync.id);
		if (!sync.loaded || closing) return;
		// Whoever is in a conversation with one can be written to, with no network too.
		people.know([...(sync.info?.people.values() ?? [])]);
		summaries.set(
			sync.id,
			summarize({
				sync,
				self,
				people,
				directory: directory.current,
				outbox: outbox.commands,
				reading,
				before: summaries.get(sync.id)
			})
		);
		noteSync();
	}

	/** Opens, syncs, notes and lets go. What cannot be reached now is tried again with the next connection. */
	async function bringUp(id: ConversationId): Promise<void> {
		const { sync, release } = open.use(id);
		try {
			await whenBroughtUp(sync, link);
			writeSummary(sync);
		} finally {
			release();
		}
	}

	function followDirectory(): void {
		const { conversations } = directory.current;
		for (const { peer } of conversations.values()) if (peer) people.know([peer]);
		for (const sync of open.values()) if (conversations.has(sync.id)) sync.connect();
		catchUp.add([...conversations.keys()].filter((id) => !summaries.get(id)?.complete));
		for (const id of summaries.all.keys())
			if (!conversations.has(id) && !isPending(id) && !isRefused(id) && directory.known) summaries.delete(id);
		noteSync();
	}

	/** Opens the conversation of a command whose outcome has not arrived yet; it connects when it has. */
	function expect(command: Command): void {
		people.know(command.people);
		open.use(command.request.id).release();
	}

	/** What still has to leave this device leaves though nobody looks at it. */
	function openUnsent(): void {
		const withCancelled = cancelled.flatMap(([name]) => {
			const room = parseRoom(name);
			return room?.type === 'segment' ? [room.conversation] : [];
		});
		const withUnsent = [...summaries.all].flatMap(([id, { unsent, unsentSegments }]) =>
			unsent > 0 || unsentSegments.length > 0 ? [id] : []
		);
		for (const id of new Set([...withUnsent, ...withCancelled])) open.use(id).release();
	}

	const unsentIn = (id: ConversationId): number => {
		const sync = open.get(id);
		if (!sync?.loaded) return summaries.get(id)?.unsent ?? 0;
		return sync.unsent.filter(({ kind }) => kind === KIND.message || kind === KIND.edit).length;
	};

	const unsent = (): number => {
		const ids = new Set([...summaries.all.keys(), ...open.values().map(({ id }) => id)]);
		return [...ids].reduce((sum, id) => sum + unsentIn(id), 0);
	};

	/** What waits only for the network: not what was refused. */
	const leaving = (): boolean => [...directory.current.conversations.keys()].some((id) => unsentIn(id) > 0);

	function syncState(): DeviceSyncState {
		if (link.status === 'connecting') return 'connecting';
		if (link.status !== 'online') return 'offline';
		const own = directory.room.status.at === 'synced' && home.room.status.at === 'synced';
		const listed = open.values().filter(({ id }) => directory.current.conversations.has(id));
		const here = listed.every(({ synced, refusal }) => synced || refusal);
		return own && here && catchUp.left === 0 && outbox.waiting === 0 && !leaving() ? 'synced' : 'catching-up';
	}

	function noteSync(): void {
		const synced = syncState() === 'synced';
		if (synced && !wasSynced) {
			lastSyncedAt = ports.now();
			keepState();
		}
		wasSynced = synced;
		feed.keep();
		changed.emit();
	}

	/** Best effort: without it, the next start corrects its clock with the first ack. */
	function keepState(): void {
		const kept = [local.put('clock', 'state', clock.state), local.put('clock', 'lastSyncedAt', lastSyncedAt)];
		void Promise.all(kept).catch(noteStorageProblem);
	}

	directory.onChange(followDirectory);
	home.onChange(changed.emit);
	drafts.onChange(changed.emit);
	summaries.onChange(changed.emit);
	catchUp.onChange(noteSync);
	open.onChange(noteSync);
	reading.onChange((id) => {
		const sync = open.get(id);
		if (sync) noteConversation(sync);
		else catchUp.add([id]);
	});
	outbox.onChange(() => {
		for (const { command, refusal } of outbox.commands)
			if (!refusal && !open.get(command.request.id)) expect(command);
		noteSync();
	});
	link.onChange(() => {
		if (link.status === 'online') {
			void outbox.flush();
			catchUp.resume();
		}
		noteSync();
	});
	directory.room.connect();
	home.room.connect();
	for (const { command } of outbox.commands) expect(command);
	openUnsent();
	followDirectory();

	async function close(): Promise<void> {
		stopProblems();
		outbox.close();
		catchUp.stop();
		feed.close();
		for (const stop of stopGathering.values()) stop();
		reading.close();
		link.disconnect();
		await Promise.all([open.close(), home.close(), directory.room.close()]);
		await local.close();
	}

	return {
		self,
		deviceId,
		api,
		link,
		clock,
		home,
		drafts,
		people,
		outbox,
		reading,
		summaries,
		onChange: changed.on,
		get directory() {
			return directory.current;
		},
		/** Conversations in memory now. */
		conversations: open,
		isPending,
		isRefused,
		unsentIn,
		/** True once the server has said on this device which conversations there are. */
		get directoryKnown() {
			return directory.known;
		},
		get syncState() {
			return syncState();
		},
		get conversationsLeft() {
			return catchUp.left;
		},
		get unsent() {
			return unsent();
		},
		get storageProblem() {
			return storageProblem;
		},
		get lastSyncedAt() {
			return lastSyncedAt;
		},
		/** Connects now, and again by itself whenever the connection ends. */
		connect: () => link.connect(),
		/** Ends the connection until `connect`. */
		disconnect: () => link.disconnect(),
		/**
		 * Starts a conversation at once, on this device; the server hears of it as soon as it can. One person and no name:
		 * the direct conversation with them, which may exist.
		 */
		async startConversation({
			people: others,
			name
		}: {
			people: readonly Person[];
			name: string;
		}): Promise<ConversationId> {
			const direct = others.length === 1 && name.trim() === '';
			const id = direct
				? directConversationId(self.id, others[0]!.id)
				: mintUuid(ports.now(), ports.randomBytes);
			if (directory.current.conversations.has(id) || isPending(id)) return id;
			const command: Command = {
				type: 'create-conversation',
				request: {
					id,
					kind: direct ? 'direct' : 'group',
					members: others.map((person) => person.id),
					name: direct ? undefined : name.trim()
				},
				people: others
			};
			const added = outbox.add(command);
			expect(command);
			await added;
			return id;
		},
		/** A write that should be on disk is not: the screens say so. */
		noteStorageProblem,
		/** Erases all that this device keeps of the account. It must be closed. */
		wipe: () => ports.storage.wipe(),
		/** Lets go of everything; a second call waits for the first. */
		close: (): Promise<void> => (closing ??= close())
	};
}
