/**
 * A device: one account's conversations on one browser profile or in one headless process. Composition root of
 * everything below the screens. Whatever it shows comes from its own documents; the network only changes them.
 */
import { Clock, INITIAL_CLOCK, type ClockState } from '../domain/clock';
import { createApi, type Api } from './api';
import { createChannelSocketClass } from './channelSocket';
import { createEmitter } from './emitter';
import { createLink } from './link';
import { directConversationId, mintUuid, type ConversationId } from '../domain/ids';
import { directoryRoom } from '../protocol/rooms';
import { openConversationSync, type ConversationSync } from './conversationSync';
import { openDrafts } from './drafts';
import { openOutbox, type Command } from './outbox';
import { openPeople } from './people';
import { openRoomSync, type RoomSync } from './roomSync';
import { readDirectory, type Directory } from '../domain/directory';
import { readFacts } from '../conversation/factDocument';
import type { DevicePorts, StorageProblem } from './ports';
import type { Info } from '../domain/info';
import type { Person } from '../domain/people';

export interface DeviceOptions {
	readonly self: Person;
	/** For example `https://chat.example`. */
	readonly origin: string;
	/** For headless devices; a browser has its cookie. */
	readonly token?: string;
	readonly fetch?: typeof globalThis.fetch;
	readonly ports: DevicePorts;
}

export type Device = Awaited<ReturnType<typeof createDevice>>;

export type DeviceSyncState = 'offline' | 'connecting' | 'catching-up' | 'synced';

/** Opens everything that is on this device. Connects only when `connect` is called. */
export async function createDevice({ self, origin, token, fetch, ports }: DeviceOptions) {
	const changed = createEmitter();
	const conversations = new Map<ConversationId, ConversationSync>();
	let storageProblem: StorageProblem | undefined;
	let wasSynced = false;
	ports.storage.onProblem((problem) => {
		storageProblem = problem;
		changed.emit();
	});

	const local = await ports.storage.openLocal();
	const clock = new Clock(ports.now, (await local.get<ClockState>('clock', 'state')) ?? INITIAL_CLOCK);
	let lastSyncedAt = await local.get<number>('clock', 'lastSyncedAt');
	const syncUrl = `${origin.replace(/^http/, 'ws')}/sync`;
	const link = createLink(`${syncUrl}?user=${self.id}`, ports);
	const SocketClass = createChannelSocketClass(link);
	const api: Api = createApi({ origin, token, user: self.id, fetch });
	const drafts = await openDrafts(local);
	const people = await openPeople(local, api);
	const outbox = await openOutbox({
		local,
		api,
		tabs: ports.tabs,
		timers: ports.timers,
		mintId: () => mintUuid(ports.now(), ports.randomBytes),
		onDone: (command) => conversations.get(command.request.id)?.connect()
	});

	const openRoom = (room: string): RoomSync =>
		openRoomSync({ room, syncUrl, SocketClass, storage: ports.storage, local, tabs: ports.tabs, onRelayTime });

	function onRelayTime(ms: number): void {
		clock.correct(ms);
	}

	const directorySync = openRoom(directoryRoom(self.id));
	let directory: Directory = { conversations: new Map() };
	await directorySync.whenLoaded;
	followDirectory();
	directorySync.doc.on('update', followDirectory);
	directorySync.onChange(noteSync);
	directorySync.connect();
	for (const { command } of outbox.commands) expect(command);
	outbox.onChange(noteSync);
	drafts.onChange(changed.emit);
	link.onChange(() => {
		if (link.status === 'online') void outbox.flush();
		noteSync();
	});

	function followDirectory(): void {
		directory = readDirectory(readFacts(directorySync.doc));
		for (const { id, peer } of directory.conversations.values()) {
			if (peer) people.know([peer]);
			open(id).connect();
		}
		changed.emit();
	}

	/** Opens the conversation of a command whose outcome has not arrived yet; it connects when it has. */
	function expect(command: Command): void {
		people.know(command.people);
		open(command.request.id);
	}

	function open(id: ConversationId): ConversationSync {
		const known = conversations.get(id);
		if (known) return known;
		const opened = openConversationSync({ id, self: self.id, clock, openRoom });
		conversations.set(id, opened);
		let met: Info | undefined;
		opened.onChange(() => {
			// Whoever is in a conversation with one can be written to, with no network too.
			if (opened.info !== met) people.know([...((met = opened.info)?.people.values() ?? [])]);
			noteSync();
		});
		return opened;
	}

	const unsent = () => [...conversations.values()].filter(({ refusal }) => !refusal).reduce((sum, each) => sum + each.unsent.length, 0);

	const left = () => [...conversations.values()].filter(({ synced, refusal }) => !synced && !refusal).length;

	function syncState(): DeviceSyncState {
		if (link.status === 'connecting') return 'connecting';
		if (link.status !== 'online') return 'offline';
		const done = directorySync.status.at === 'synced' && left() === 0 && outbox.waiting === 0 && unsent() === 0;
		return done ? 'synced' : 'catching-up';
	}

	function noteSync(): void {
		const synced = syncState() === 'synced';
		if (synced && !wasSynced) {
			lastSyncedAt = ports.now();
			keepState();
		}
		wasSynced = synced;
		changed.emit();
	}

	/** Best effort: without it, the next start corrects its clock with the first ack. */
	function keepState(): void {
		void Promise.all([local.put('clock', 'state', clock.state), local.put('clock', 'lastSyncedAt', lastSyncedAt)]).catch(() => {
			storageProblem ??= 'unavailable';
			changed.emit();
		});
	}

	let closing: Promise<void> | undefined;
	async function close(): Promise<void> {
		outbox.close();
		link.disconnect();
		await Promise.all([...conversations.values()].map((conversation) => conversation.close()));
		await directorySync.close();
		await local.close();
	}

	return {
		self,
		api,
		link,
		clock,
		drafts,
		people,
		outbox,
		onChange: changed.on,
		get directory() {
			return directory;
		},
		get conversations(): ReadonlyMap<ConversationId, ConversationSync> {
			return conversations;
		},
		/** True once the server has said on this device which conversations there are. */
		get directoryKnown() {
			return directory.self !== undefined || directorySync.status.at === 'synced';
		},
		get syncState() {
			return syncState();
		},
		get conversationsLeft() {
			return left();
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
		async startConversation({ people: others, name }: { people: readonly Person[]; name: string }): Promise<ConversationId> {
			const direct = others.length === 1 && name.trim() === '';
			const id = direct ? directConversationId(self.id, others[0]!.id) : mintUuid(ports.now(), ports.randomBytes);
			if (conversations.has(id)) return id;
			const command: Command = {
				type: 'create-conversation',
				request: { id, kind: direct ? 'direct' : 'group', members: others.map((person) => person.id), name: direct ? undefined : name.trim() },
				people: others
			};
			expect(command);
			await outbox.add(command);
			return id;
		},
		/** A write that should be on disk is not: the screens say so. */
		noteStorageProblem(): void {
			storageProblem ??= 'unavailable';
			changed.emit();
		},
		/** Erases all that this device keeps of the account. It must be closed. */
		wipe: () => ports.storage.wipe(),
		/** Lets go of everything; a second call waits for the first. */
		close: (): Promise<void> => (closing ??= close())
	};
}
