/**
 * What a device needs of the world it runs in, so that the same code runs in the browser, headless in Node and in
 * tests. Deliberately absent: anything of Svelte or of a concrete store.
 */
import type * as Y from 'yjs';
import type { RandomBytes } from '../domain/ids';

/** The part of the browser's WebSocket that Skein and the stock provider use. */
export interface SocketLike {
	binaryType: string;
	readonly readyState: number;
	/** Bytes that it was given and has not passed on. */
	readonly bufferedAmount: number;
	onopen: ((event: unknown) => void) | null;
	onmessage: ((event: { data: ArrayBuffer }) => void) | null;
	onclose: ((event: { code: number; reason: string }) => void) | null;
	onerror: ((event: unknown) => void) | null;
	send(data: Uint8Array): void;
	close(code?: number, reason?: string): void;
}

/** Opens a socket to a ws: or wss: URL. */
export type OpenSocket = (url: string) => SocketLike;

export interface Timers {
	/** Calls back once after `ms` milliseconds. Returns the way to stop it. */
	after(ms: number, callback: () => void): () => void;
}

/** `blocked`: a tab that has been open since an older version does not let go of the storage. */
export type StorageProblem = 'unavailable' | 'full' | 'blocked';

/** Keeps one document on this device. */
export interface DocPersistence {
	/** Transactions of this origin are not stored again: their update is already where it is kept. */
	readonly origin: unknown;
	/** Settles once what was kept is in the document. Never rejects: see `problem`. */
	readonly whenLoaded: Promise<void>;
	/** What was kept is in the document. It may be long in coming: then `whenLoaded` settles before. */
	readonly isRead: boolean;
	/** Settles once everything that is in the document now is on disk; rejects if it cannot be. */
	stored(): Promise<void>;
	/** Settles once what other tabs have stored by now is in the document, as far as the disk gives it. */
	readAnew(): Promise<void>;
	/** Lets go of the document; what was written stays. */
	close(): Promise<void>;
}

/** Tables of small values, by text key. */
export interface LocalStore {
	get<T>(table: LocalTable, key: string): Promise<T | undefined>;
	put(table: LocalTable, key: string, value: unknown): Promise<void>;
	delete(table: LocalTable, key: string): Promise<void>;
	all<T>(table: LocalTable): Promise<[key: string, value: T][]>;
	keys(table: LocalTable): Promise<string[]>;
	close(): Promise<void>;
}

export const LOCAL_TABLES = [
	'acks',
	'commands',
	'people',
	'drafts',
	'clock',
	'salvage',
	'cancelled',
	'summaries'
] as const;
export type LocalTable = (typeof LOCAL_TABLES)[number];

/** Pictures by the names of their bytes. */
export interface PictureCache {
	get(name: string): Promise<Blob | undefined>;
	put(name: string, picture: Blob): Promise<void>;
	delete(name: string): Promise<void>;
	names(): Promise<string[]>;
}

/** All that one account keeps in one browser profile. */
export interface DeviceStorage {
	openLocal(): LocalStore;
	openDoc(room: string, doc: Y.Doc): DocPersistence;
	/** Erases what is kept of a document that nobody has open. */
	deleteDoc(room: string): Promise<void>;
	openPictures(): PictureCache;
	/** Undefined: all that could not be kept is kept now. */
	onProblem(listener: (problem: StorageProblem | undefined) => void): () => void;
	/** Erases it all, telling how many parts are left. Nothing of this account may be open any more. */
	wipe(onLeft?: (left: number) => void): Promise<void>;
}

/** Other tabs of the same account in this browser. */
export interface Tabs {
	/** Posts to the other tabs that have joined `topic`, and hears them. Returns the way to post and to leave. */
	join(
		topic: string,
		listener: (message: Uint8Array) => void
	): { post(message: Uint8Array): void; leave(): void };
	/** A number that no other open tab has, from 0, for as long as this one is open. */
	slot(): Promise<number>;
	/** True while some tab has that number. */
	isOpen(slot: number): Promise<boolean>;
	/** Runs `task` in one tab at a time. */
	exclusive<T>(name: string, task: () => Promise<T>): Promise<T>;
}

export interface DevicePorts {
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
	readonly timers: Timers;
	readonly openSocket: OpenSocket;
	readonly storage: DeviceStorage;
	readonly tabs: Tabs;
	/** Settles once what there is to show now has been drawn, and soon though nobody looks. */
	readonly whenDrawn?: () => Promise<void>;
}
