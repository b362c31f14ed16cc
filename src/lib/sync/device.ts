/**
 * A device: one account's conversations on one browser profile or in one headless process. Composition root of
 * everything below the screens. Whatever it shows comes from its own documents; the network only changes them.
 */
import { clearSaid } from './clearSaid';
import { createCatchUp } from './catchUp';
import { createChangedSegments } from './changedSegments';
import { createDeviceFollowing } from './deviceFollowing';
import { createDeviceRooms } from './deviceRooms';
import { createDeviceSalvage } from './deviceSalvage';
import { createDeviceSyncState } from './deviceSyncState';
import { createEmitter } from './emitter';
import { createForgotten } from './forgotten';
import { createLazyApi } from './lazyApi';
import { createLeaving, type Leaving } from './leaving';
import { createLink } from './link';
import { createNewConversations, isNewConversation } from './newConversations';
import { createOpenConversations } from './openConversations';
import { createPendingChanges } from './pendingChanges';
import { createPictures } from './pictures';
import { createPresence, PRESENCE_OFF } from './presence';
import { createSessionCheck } from './sessionCheck';
import { createStorageTrouble } from './storageTrouble';
import { createSummaryWriter } from './summaryWriter';
import { createUnsent } from './unsent';
import { parseRoom } from '../protocol/rooms';
import { mintUuid, uuidMs, type ConversationId } from '../domain/ids';
import { openChangesFeed } from './changesFeed';
import { openConversationSync, type ConversationSync } from './conversationSync';
import { openReading } from './reading';
import { readDeviceDisk } from './deviceDisk';
import { slotOf } from './deviceId';
import type { QueuedCommand } from './outbox';
import type { DevicePorts } from './ports';
import type { Info } from '../domain/info';
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
	/** The conversation that is about to be shown, if any: its documents are read beside the rest. */
	readonly shownFirst?: ConversationId;
	/** What somebody is called who has deleted their account. */
	readonly goneName?: string;
	/** When a segment is full, if not as everywhere: the relay must hold the same. */
	readonly segmentLimits?: SegmentLimits;
}

/** What a change was of, where it is worth knowing: a draft or an edit as it is typed changes with every key. */
export type DeviceChange = 'typed';

export type Device = Awaited<ReturnType<typeof createDevice>>;

/** Opens what is on this device. Connects only when `connect` is called. */
export async function createDevice(options: DeviceOptions) {
	const { self, origin, token, fetch, ports, shownFirst, segmentLimits } = options;
	const { goneName = 'Deleted user' } = options;
	const changed = createEmitter<DeviceChange | void>();
	let closing: Promise<void> | undefined;
	const trouble = createStorageTrouble(ports.storage);
	trouble.onChange(changed.emit);
	const local = ports.storage.openLocal();
	const syncUrl = `${origin.replace(/^http/, 'ws')}/sync`;
	let drawn: Promise<unknown> = Promise.resolve();
	// What only a connection needs is loaded behind what is shown first: both want the same processor.
	const link = createLink(`${syncUrl}?user=${self.id}`, ports, async () => {
		await drawn;
		return import('./wire');
	});
	const api = createLazyApi({ origin, token, user: self.id, fetch });
	const session = createSessionCheck({ link, api, timers: ports.timers });
	const mintId = (after?: string) =>
		mintUuid(Math.max(ports.now(), after ? uuidMs(after) + 1 : 0), ports.randomBytes);
	const pictures = createPictures({ cache: ports.storage.openPictures(), api, mintId });
	const relayTime = createEmitter<number>();
	const done = createEmitter<QueuedCommand>();
	const { storage, tabs } = ports;
	const rooms = createDeviceRooms({
		link,
		self: self.id,
		timers: ports.timers,
		syncUrl,
		storage,
		tabs,
		local,
		onRelayTime: relayTime.emit,
		waitsFor: { home: () => home, conversation: (id) => open.get(id), outbox: () => outbox }
	});
	let leaving: Leaving | undefined = undefined;
	const readingDisk = readDeviceDisk({
		self: self.id,
		ports,
		local,
		rooms,
		api,
		mintId,
		shownFirst,
		nameOf: (id) => open.get(id)?.told?.name || summaries.get(id)?.name,
		joinedIn: (id) => {
			const told = open.get(id)?.told;
			return told && (told.joined.get(self.id) ?? 0);
		},
		stampIn: (id) => open.get(id)?.tick(),
		written: () => ({ self: self.id, tabs, open, renamed: salvage.renamed }),
		onDone: done.emit,
		// Until it is known what is unsent, nothing goes: the first connection comes after that.
		// Nor, without a connection, what makes a conversation: once it was tried, it cannot be taken back any more.
		mustWait: (command, isUnknown) =>
			(leaving?.mustWait(command, isUnknown) ?? true) ||
			(command.type === 'create-conversation' && link.status !== 'online'),
		onProblem: trouble.note
	});
	const catchUp = createCatchUp({
		bringUp,
		newness: (id) => summaries.get(id)?.at ?? Infinity,
		isOnline: () => link.status === 'online',
		timers: ports.timers
	});
	const changedSegments = createChangedSegments((id) => open.get(id));
	const readingFeed = openChangesFeed({
		link,
		local,
		onChanged: (changed) => catchUp.add(changedSegments.note(changed).filter(isListed)),
		onTold: noteSync,
		isBusy: () => catchUp.left > 0
	});
	const [disk, feed] = await Promise.all([readingDisk, readingFeed]);
	const { clock, directory, home, summaries, people, salvaged, outbox, drafts, edits } = disk;
	const isListed = (id: ConversationId) => directory.current.conversations.has(id);
	relayTime.on((ms) => clock.correct(ms));
	const pending = createPendingChanges({
		self,
		outbox,
		timers: ports.timers,
		onChange: () => following.followCommands()
	});
	done.on((queued) => {
		if (isNewConversation(queued)) {
			made.noteDone(queued);
			open.get(queued.command.request.id)?.connect();
		} else pending.noteDone(queued);
	});

	const forgotten = createForgotten({
		directory,
		summaries,
		link,
		bringUp: catchUp.add
	});
	const made = createNewConversations({
		self,
		outbox,
		mintId,
		isListed,
		isForgotten: forgotten.has,
		expect: ({ request }) => open.glance(request.id)
	});
	const shownDirectory = () => pending.directory(directory.current);
	const isNew = (id: ConversationId) => made.isPending(id) || made.isRefused(id);

	const isOurs = (id: ConversationId) => isNew(id) || forgotten.has(id);
	const open = createOpenConversations({
		open: openConversation,
		// While it loads nobody knows whether something of it has still to leave.
		mayClose: (sync) =>
			sync.loaded && sync.leaving.length === 0 && !isNew(sync.id) && !leaving?.isIn(sync.id),
		timers: ports.timers,
		onViewed: () => link.setFirst(isFirst),
		onClosing: (sync) => summaryWriter.finish(sync),
		onChange: noteConversation
	});
	/** What is looked at, and what says which conversations there are, does not wait behind the history of others. */
	function isFirst(name: string): boolean {
		const room = parseRoom(name);
		return room !== undefined && (!('conversation' in room) || open.isViewed(room.conversation));
	}
	link.setFirst(isFirst);
	const unsent = createUnsent(open, summaries);
	leaving = createLeaving({
		outbox,
		unsent,
		isListed,
		isForgotten: forgotten.has,
		isTold: () => directory.room.status.at === 'synced'
	});
	const presence = createPresence({
		link,
		now: ports.now,
		timers: ports.timers,
		isHidden: () => home.isOn(PRESENCE_OFF)
	});
	const reading = openReading({
		self: self.id,
		home,
		timers: ports.timers,
		mayTell: () => home.isTold || (link.status !== 'online' && link.status !== 'connecting'),
		use: (id) => open.use(id, { inBackground: true }),
		blocked: () => shownDirectory().blocked
	});
	const syncState = createDeviceSyncState({
		link,
		directory,
		home,
		open,
		feed,
		catchUp,
		leaving,
		unsent,
		now: () => clock.correctedNow(),
		lastSyncedAt: disk.lastSyncedAt,
		onSynced: keepState
	});
	const known = () => ({
		self,
		people,
		directory: shownDirectory(),
		asked: made.commands,
		goneName,
		reading
	});
	const salvage = createDeviceSalvage({
		salvaged,
		open,
		outbox,
		directory,
		summaries,
		unsent,
		isOurs,
		drafts,
		edits,
		tabs,
		known,
		now: () => clock.correctedNow(),
		onProblem: trouble.note
	});
	const following = createDeviceFollowing({
		told: () => directory.current,
		shown: shownDirectory,
		open,
		outbox,
		people,
		summaries,
		catchUp: catchUp.add,
		connect: connectListed,
		noteConversation,
		onFollowed: followed
	});
	const summaryWriter = createSummaryWriter({
		summaries,
		timers: ports.timers,
		known,
		// What had still to leave it may have been given up: then it is listed no longer.
		onWritten: followed
	});

	function openConversation(id: ConversationId): ConversationSync {
		const summary = summaries.get(id);
		let founding: Info | undefined;
		const sync = openConversationSync({
			id,
			self: self.id,
			clock,
			local,
			tabs,
			openRoom: rooms.open,
			isOnline: () => link.status === 'online',
			liveHint: summary?.live,
			unsentSegments: summary?.unsentSegments,
			salvage: {
				salvaged,
				describe: salvage.describe(id),
				onRenamed: salvage.renamed(id),
				onProblem: trouble.note
			},
			foresee(told) {
				// Of a group that the server has only just made, its list says so before its info does.
				const info = told ?? (founding = made.founding(id) ?? founding);
				return info && pending.info(id, info);
			},
			segmentLimits
		});
		// One that the server has not made yet, or does not list, is for this device alone: the relay would refuse it.
		if (forgotten.has(id)) sync.connect();
		else connectListed(sync);
		void sync.whenLoaded.then(() => {
			void clearSaid(sync, { self: self.id, drafts, edits }).catch(trouble.note);
			noteConversation(sync);
		});
		return sync;
	}

	function connectListed(sync: ConversationSync): void {
		if (isListed(sync.id)) sync.connect();
	}

	function noteConversation(sync: ConversationSync): void {
		unsent.note(sync);
		leaving?.note(sync);
		noteSync();
		summaryWriter.note(sync);
	}

	/**
	 * Opens, syncs, notes and lets go. What cannot be reached now is tried again later. One that the user is not in is not
	 * brought to the relay, and nothing of it comes: home goes on telling what was read there.
	 */
	async function bringUp(id: ConversationId): Promise<void> {
		if (!isListed(id) && !forgotten.has(id)) return;
		const { sync, release } = open.use(id, { inBackground: true });
		try {
			const isForgotten = forgotten.has(id);
			if (isForgotten) sync.connect();
			const part = await import('./bringUp');
			await part.bringUp(sync, {
				self: self.id,
				link,
				local,
				outbox,
				summaries,
				changed: changedSegments,
				isForgotten,
				look: summaryWriter.write
			});
		} finally {
			release();
		}
	}

	function noteSync(): void {
		syncState.note();
		feed.keep();
		changed.emit();
	}

	function followed(): void {
		forgotten.follow();
		salvage.follow();
		noteSync();
	}

	/** Best effort: without it, the next start corrects its clock with the first ack. */
	function keepState(): void {
		const kept = [
			local.put('clock', 'state', clock.state),
			local.put('clock', 'lastSyncedAt', syncState.lastSyncedAt)
		];
		void Promise.all(kept).catch(trouble.note);
	}

	directory.onChange(() => {
		made.followDirectory();
		following.followDirectory();
	});
	home.onChange(() => {
		presence.say();
		changed.emit();
	});
	presence.onChange(changed.emit);
	session.onChange(changed.emit);
	drafts.onChange(() => changed.emit('typed'));
	edits.onChange(() => changed.emit('typed'));
	salvaged.onChange(following.followDirectory);
	summaries.onChange(changed.emit);
	// What waits in another tab can be listed and copied in this one too.
	summaries.onTold((id) => {
		const sync = open.get(id);
		if (sync) sync.openUnsent(summaries.get(id)?.unsentSegments ?? []);
		else if (unsent.isIn(id)) open.glance(id);
	});
	catchUp.onChange(noteSync);
	open.onChange(noteSync);
	reading.onChange((id) => {
		const sync = open.get(id);
		if (sync) noteConversation(sync);
		else catchUp.add([id]);
	});
	outbox.onChange(following.followCommands);
	link.onChange(() => {
		if (link.status === 'online') {
			home.askAgain();
			void outbox.flush();
			catchUp.resume();
			forgotten.follow();
			pictures.resume();
		}
		noteSync();
	});
	directory.room.connect();
	home.room.connect();
	following.followCommands();
	unsent.openAll(disk.cancelledIn);
	for (const id of drafts.restored) if (isListed(id) || isOurs(id)) open.glance(id);
	following.followDirectory();
	// Taken over by whoever shows it; if there is no such conversation any more, it is let go of.
	if (shownFirst !== undefined && (isListed(shownFirst) || isOurs(shownFirst))) open.glance(shownFirst);
	drawn = Promise.resolve(shownFirst && open.get(shownFirst)?.whenLoaded).then(ports.whenDrawn);
	void rooms.closeAhead();
	let stopForgetting = () => {};
	const stopWaiting = link.whenOnline(() => void startForgetting());

	async function startForgetting(): Promise<void> {
		const part = await import('./forgetLeft').catch(() => undefined);
		// Without it what was left stays on the disk for now.
		if (!part || closing) return;
		stopForgetting = part.forgetLeft({
			self: self.id,
			slot: slotOf(disk.deviceId),
			local,
			storage,
			tabs,
			timers: ports.timers,
			openRoom: rooms.open,
			directory,
			isNeeded: (id) => summaries.get(id) !== undefined || open.get(id) !== undefined || isOurs(id),
			onUnsent: (id, n) => {
				const { sync, release } = open.use(id, { inBackground: true });
				sync.openUnsent([n]);
				release();
			}
		});
	}

	async function close(): Promise<void> {
		stopWaiting();
		stopForgetting();
		trouble.close();
		session.close();
		outbox.close();
		pending.close();
		catchUp.stop();
		feed.close();
		summaryWriter.close();
		reading.close();
		presence.close();
		salvage.close();
		salvaged.close();
		summaries.close();
		link.disconnect();
		await Promise.all([open.close(), home.close(), directory.room.close()]);
		await local.close();
	}

	return {
		self,
		goneName,
		deviceId: disk.deviceId,
		api,
		link,
		clock,
		home,
		/** Its own small tables, for what is seldom asked of them. */
		local,
		drafts,
		edits,
		people,
		pictures,
		outbox,
		presence,
		reading,
		salvaged,
		summaries,
		onChange: changed.on,
		/** As the server tells it, and over it what waits here for its word. */
		get directory() {
			return shownDirectory();
		},
		/** Commands that wait for the server's word, or whose outcome has not come back yet. */
		get pendingCommands() {
			return pending.commands;
		},
		/** Conversations in memory now. */
		conversations: open,
		/** What is known of conversations that are not listed yet, or never will be. */
		get asked() {
			return made.commands;
		},
		isPending: (id: ConversationId) => made.isPending(id) || forgotten.has(id),
		/** Those that the server knew once. */
		forgotten,
		isRefused: made.isRefused,
		isTried: made.isTried,
		unsentIn: unsent.countIn,
		/**
		 * True once it can be said which conversations there are: the server has told, or told it before this page was
		 * loaded and cannot be asked now.
		 */
		get directoryKnown() {
			const isAsked = link.status === 'connecting' || link.status === 'online';
			return directory.isTold || (directory.known && !isAsked);
		},
		/** Whether the server still knows who this is. */
		get session() {
			return session.state;
		},
		get syncState() {
			return syncState.current;
		},
		get conversationsLeft() {
			return catchUp.left;
		},
		get unsent() {
			return unsent.count();
		},
		/** What one has done that no other device knows of, to messages and in what one keeps for oneself. */
		unsentChanges: () => unsent.count('changesIn') + home.waiting.length,
		get storageProblem() {
			return trouble.problem;
		},
		get lastSyncedAt() {
			return syncState.lastSyncedAt;
		},
		/** Connects now, and again by itself whenever the connection ends. */
		connect: () => link.connect(),
		/** Ends the connection until `connect`. */
		disconnect: () => link.disconnect(),
		/** Starts a conversation at once, on this device; the server hears of it as soon as it can. */
		startConversation: made.start,
		/** Takes back one that the server has not heard of; what was written in it is kept. False if it may have. */
		discardConversation: salvage.discard,
		/** Writes what is gathered to be written, now: the page may be going. */
		flush: () => home.flush(),
		/** Settles once all that was typed and written is on this device's disk; rejects if it cannot be. */
		async stored(): Promise<void> {
			await Promise.all([drafts.stored(), edits.stored(), ...open.values().map((sync) => sync.stored())]);
		},
		/** A write that should be on disk is not: the screens say so. */
		noteStorageProblem: trouble.note,
		/** Erases all that this device keeps of the account. It must be closed. */
		wipe: (onLeft?: (left: number) => void) => ports.storage.wipe(onLeft),
		/** Lets go of everything; a second call waits for the first. */
		close: (): Promise<void> => (closing ??= close())
	};
}
