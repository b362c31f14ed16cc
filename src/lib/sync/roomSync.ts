/**
 * One room on this device: its document, what keeps it, and the stock provider that brings it to the relay.
 * Invariants: the provider connects only after the local load; an entry counts as sent only by the relay's word on
 * what is on its disk (the ack), or because it came from there.
 */
import * as Y from 'yjs';
import { createEmitter } from './emitter';
import { covers, EMPTY_VECTOR, joinVectors, type VersionVector } from '../domain/versionVector';
import { CLOSE } from '../protocol/closeCodes';
import { isHeader } from '../domain/entryCodec';
import { logName } from '../domain/entry';
import { MESSAGE_ACK, readAck } from '../protocol/ack';
import { parseRoom } from '../protocol/rooms';
import { syncTabs } from './tabSync';
import type { ProvideRoom } from './roomProvider';
import type { UserId } from '../domain/ids';
import type { DocPersistence, DeviceStorage, LocalStore, Tabs } from './ports';

/** The relay's word, and the provider's, on a room. `refused` carries the permanent close code. */
export type RoomStatus =
	| { readonly at: 'loading' | 'local' | 'connecting' | 'synced' }
	| { readonly at: 'refused'; readonly code: number; readonly reason: string };

export interface RoomOptions {
	readonly room: string;
	readonly storage: DeviceStorage;
	readonly local: LocalStore;
	readonly tabs: Tabs;
	/**
	 * Calls back as soon as there is a connection, with what makes a provider; returns the way to stop waiting. Before
	 * that, none is made.
	 */
	readonly whenOnline: (start: (provide: ProvideRoom) => void) => () => void;
	/** Whose device it is. */
	readonly self?: UserId;
	/** Called with the relay's wall clock, in milliseconds, with every ack. */
	readonly onRelayTime: (ms: number) => void;
}

const disownedKey = (room: string): string => `disowned ${room}`;
const sinceKey = (room: string): string => `since ${room}`;

export type RoomSync = ReturnType<typeof openRoomSync>;

export function openRoomSync(options: RoomOptions) {
	const { room, local } = options;
	const doc = new Y.Doc();
	const type = parseRoom(room)?.type;
	/** The server alone writes it, and may write it anew. */
	const isProjection = type === 'info' || type === 'directory';
	const changed = createEmitter();
	const toldWhole = createEmitter<VersionVector>();
	const persistence: DocPersistence = options.storage.openDoc(room, doc);
	let status: RoomStatus = { at: 'loading' };
	let acked: VersionVector = EMPTY_VECTOR;
	/** Since when its user may write here, as this device knows, in milliseconds since 1970. */
	let since = 0;
	/** The same, of what the conversation is known to be as it is first opened here. */
	let bornSince = 0;
	/** The relay has told on this device, now or earlier, what it has. */
	let told = false;
	/** Clients of entries that the relay no longer has, of those that were here when it last told all it has. */
	let disowned: ReadonlySet<number> = new Set();
	/** The relay has told on this connection what it has. */
	let toldNow = false;
	let provider: ReturnType<ProvideRoom> | undefined;
	/** Connections so far, and the clock of what was written here when one was last open. */
	let connections = 0;
	let givenClock = 0;
	let leaveTabs = () => {};
	let stopWaiting: (() => void) | undefined;
	let closed = false;
	let wanted = false;

	function setStatus(next: RoomStatus): void {
		status = next;
		changed.emit();
	}

	function setAcked(next: VersionVector): void {
		acked = next;
		told = true;
		void local.put('acks', room, [...next]).catch(() => {
			// Lost, it is only told again: the relay's first vector of each connection replaces the kept one.
		});
		changed.emit();
	}

	function takeSince(ms: number): void {
		since = ms;
		if (provider) provider.params['since'] = String(ms);
		void local.put('acks', sinceKey(room), ms).catch(() => {
			// Lost, the relay says it again, and what was written here is kept for the person once more.
		});
	}

	/** Unread, they are only told again: no reason to show nothing. */
	const readAcks = <T>(key: string) => local.get<T>('acks', key).catch(() => undefined);

	const whenLoaded = Promise.all([
		persistence.whenLoaded,
		readAcks<[number, number][]>(room),
		isProjection ? readAcks<number[]>(disownedKey(room)) : undefined,
		type === 'segment' ? readAcks<number>(sinceKey(room)) : undefined
	]).then(([, kept, keptDisowned, keptSince]) => {
		if (closed) return;
		const isNew = [...doc.store.clients.keys()].every((client) => client === doc.clientID);
		if (keptSince !== undefined) since = keptSince;
		else if (isNew && bornSince > 0) takeSince(bornSince);
		disowned = new Set(keptDisowned);
		acked = new Map(kept ?? []);
		told = kept !== undefined;
		leaveTabs = syncTabs({
			room,
			doc,
			persistence,
			tabs: options.tabs,
			isFromRelay: (origin) => provider !== undefined && origin === provider
		});
		setStatus({ at: 'local' });
		if (wanted) connectOnceOnline();
	});

	/** Only once what the relay has is here too, and it has something: nothing is to be missing in between. */
	function noteDisowned(): void {
		if (!isProjection || !toldNow || status.at !== 'synced' || acked.size === 0) return;
		const unknown = [...doc.store.clients.keys()].filter((client) => !acked.has(client));
		if (unknown.length > 0 || disowned.size > 0) disown(unknown);
	}

	function disown(unknown: readonly number[]): void {
		disowned = new Set(unknown);
		void local.put('acks', disownedKey(room), unknown).catch(() => {
			// Told again at the start of each connection.
		});
	}

	/** Clients that were here when the relay had nothing of the document yet: the server is about to write it anew. */
	let outdated: readonly number[] = [];
	const noteWrittenAnew = (): void => {
		if (outdated.length === 0 || outdated.length === doc.store.clients.size) return;
		disown(outdated);
		outdated = [];
		changed.emit();
	};

	/** Since the relay last told all that it has, a connection was given nothing of what is here. */
	let keepsAll = false;

	/** A connection is given all that is in the document, unless that is held back. */
	function noteGiven(): void {
		if (!provider?.wsconnected || provider.holdsBack()) return;
		givenClock = Y.getState(doc.store, doc.clientID);
		keepsAll = false;
	}

	/** Something of another tab waits for a gap to be filled: when the relay fills it, that says nothing of what waited. */
	let tabWaits = false;

	/** What comes from the relay is on its disk: fan-out follows its commit. */
	const noteFromRelay = (transaction: Y.Transaction) => {
		noteGiven();
		noteWrittenAnew();
		const isPending = doc.store.pendingStructs !== null;
		const tabWaited = tabWaits;
		tabWaits = isPending && (tabWaits || transaction.origin === persistence.origin);
		if (transaction.origin !== provider || !provider || tabWaited) return;
		const came = [...transaction.afterState].filter(
			([client, clock]) => clock > (transaction.beforeState.get(client) ?? 0)
		);
		const fresh = came.filter(([client, clock]) => clock > (acked.get(client) ?? 0));
		if (fresh.length > 0) setAcked(joinVectors(acked, new Map(fresh)));
	};
	doc.on('afterTransaction', noteFromRelay);

	/** One's own texts stand in it, and it is another's at the relay: an older copy was put back, and somebody took its id. */
	function isTaken(client: number): boolean {
		const root = logName(options.self ?? '', client);
		if (!doc.share.has(root)) return false;
		return doc
			.getArray<Uint8Array>(root)
			.toArray()
			.some((item) => !isHeader(item));
	}

	function connectOnceOnline(): void {
		if (closed || stopWaiting) return;
		stopWaiting = options.whenOnline(connectNow);
	}

	function connectNow(provide: ProvideRoom): void {
		if (provider || closed) return;
		const made = provide(room, doc);
		provider = made;
		if (type === 'segment') made.params['since'] = String(since);
		made.messageHandlers[MESSAGE_ACK] = (_encoder, decoder) => {
			const ack = readAck(decoder);
			options.onRelayTime(ack.relayTimeMs);
			const { full, vector, own = Infinity } = ack;
			const taken = [...vector.keys()].slice(own).filter(isTaken);
			for (const client of taken) vector.delete(client);
			if (full) {
				toldWhole.emit(vector);
				toldNow = true;
				keepsAll = made.holdsBack();
			}
			setAcked(full ? vector : joinVectors(acked, vector));
			if (taken.length > 0) {
				made.disconnect();
				setStatus({ at: 'refused', code: CLOSE.logTaken, reason: '' });
			}
			if (full) noteDisowned();
			if (full) outdated = isProjection && vector.size === 0 ? [...doc.store.clients.keys()] : [];
		};
		made.on('sync', (synced: boolean) => {
			status = { at: synced ? 'synced' : 'connecting' };
			noteDisowned();
			changed.emit();
		});
		made.on('status', ({ status: now }) => {
			if (now === 'disconnected') toldNow = false;
			if (now === 'connected') connections += 1;
			noteGiven();
			if (now === 'connecting' || now === 'disconnected') setStatus({ at: 'connecting' });
		});
		made.on('closed', ({ code, reason }) => setStatus({ at: 'refused', code, reason }));
		made.connect();
	}

	return {
		room,
		doc,
		whenLoaded,
		/** What this device keeps of it is in the document. */
		get isRead(): boolean {
			return persistence.isRead;
		},
		get status() {
			return status;
		},
		get acked() {
			return acked;
		},
		/**
		 * Clients of whose entries the relay has none, as it told at the start of a connection: in a document that the
		 * server alone writes, they are of a writing before this one. The device's own do not count there.
		 */
		get disowned() {
			return disowned;
		},
		/** Whatever the relay had when it last told is in the document. */
		get complete(): boolean {
			return told && covers(Y.decodeStateVector(Y.encodeStateVector(doc)), acked);
		},
		/** All that is in the document is on the relay's disk, as far as it has told. */
		get allTaken(): boolean {
			return covers(acked, Y.decodeStateVector(Y.encodeStateVector(doc)));
		},
		/** The number of the connection that is open, from 1. */
		get connection(): number | undefined {
			return provider?.wsconnected ? connections : undefined;
		},
		/**
		 * False if no connection was given an entry that no ack covers: it was written since this page began, or all has been
		 * held back since the relay said that it has none of it.
		 */
		mayHaveLeft: ({ client, s }: { client: number; s: number }): boolean =>
			client === doc.clientID ? 2 * s < givenClock : !keepsAll,
		onChange: changed.on,
		/** The whole of what the relay has on its disk, as it tells it at the start of a connection. */
		onRelayVector: toldWhole.on,
		/**
		 * Since when its user is a member, as this device knows, in milliseconds since 1970; 0 if it never heard that they were
		 * put out. The relay takes nothing from whom it has something newer to tell.
		 */
		get since() {
			return since;
		},
		/** It was heard of, and nothing here is from before. */
		takeSince,
		/** For one that has never been here, until it is loaded. */
		beginSince(ms: number): void {
			bornSince = ms;
		},
		/** The same as another tab may have heard it. */
		keptSince: async (): Promise<number> => (await local.get<number>('acks', sinceKey(room))) ?? 0,
		/** What the relay has of one's own, and is all that it will take. */
		heardLast: setAcked,
		/** Settles once all that is in the document is on this device's disk. */
		stored: () => persistence.stored(),
		/** Settles once what other tabs have stored by now is in the document. */
		readAnew: () => persistence.readAnew(),
		/** Brings the room to the relay, from the end of its local load on. */
		connect(): void {
			wanted = true;
			if (status.at === 'refused') {
				setStatus({ at: 'connecting' });
				provider?.connect();
			} else if (status.at !== 'loading') connectOnceOnline();
		},
		async close(): Promise<void> {
			closed = true;
			stopWaiting?.();
			doc.off('afterTransaction', noteFromRelay);
			leaveTabs();
			provider?.awareness.destroy();
			provider?.destroy();
			await persistence.close();
			doc.destroy();
		}
	};
}
