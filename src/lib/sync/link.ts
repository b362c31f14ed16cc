/**
 * A device's one socket to the relay (`GET /sync`), kept up by itself: it reconnects with growing pauses. What goes over
 * it is a line's (line.ts), one for each connection; that code is loaded when there is to be a first one.
 */
import { BROKEN, CLOSE, isPermanentClose } from '../protocol/closeCodes';
import { createEmitter } from './emitter';
import type { DevicePorts } from './ports';
import type { Line, LineChanges } from './line';
import type { PresenceNews, PresenceReport } from '../protocol/presenceWords';

/** `refused`: the relay ended the link for good (not logged in); only `connect` tries again. */
export type LinkStatus = 'offline' | 'connecting' | 'online' | 'refused';

/** What only a connection needs. */
export type Wire = typeof import('./wire');

const RETRY_FIRST_MS = 250;
const RETRY_MAX_MS = 8_000;

export type Link = ReturnType<typeof createLink>;
type Start = (line: Line, wire: Wire) => void;

/** `url` is `wss://…/sync`. Nothing happens before `connect`. */
export function createLink(
	url: string,
	ports: Pick<DevicePorts, 'now' | 'timers' | 'openSocket' | 'randomBytes'>,
	loadWire: () => Wire | Promise<Wire> = () => import('./wire')
) {
	const changed = createEmitter();
	const changes = createEmitter<LineChanges>();
	const presence = createEmitter<PresenceNews>();
	const dropped = createEmitter();
	const waiting = new Set<Start>();
	let status: LinkStatus = 'offline';
	let closeCode: number | undefined;
	let wire: Wire | undefined;
	let line: Line | undefined;
	/** Counts what was begun and is not to go on: a line, or what is loaded for one. */
	let attempt = 0;
	let isFirst: (room: string) => boolean = () => false;
	let failures = 0;
	let stopRetry = () => {};

	function setStatus(next: LinkStatus): void {
		if (next === status) return;
		status = next;
		changed.emit();
	}

	function open(): void {
		stopRetry();
		// Only a fresh attempt is told as one: a line that fails again and again stays "offline", without flicker.
		if (failures === 0) setStatus('connecting');
		const loaded = wire ?? loadWire();
		if (!(loaded instanceof Promise)) return dial(loaded);
		const mine = ++attempt;
		const unlessLeft = (action: () => void) => () => (mine === attempt ? action() : undefined);
		loaded.then(
			(here) => unlessLeft(() => dial(here))(),
			unlessLeft(() => noteEnd(BROKEN))
		);
	}

	function dial(loaded: Wire): void {
		wire = loaded;
		const { now, timers, openSocket } = ports;
		const made = loaded.createLine(openSocket(url), {
			now,
			timers,
			isFirst: (room) => isFirst(room),
			onOpen() {
				setStatus('online');
				for (const start of [...waiting]) start(made, loaded);
				waiting.clear();
			},
			onHeard() {
				// Not when it opens: a relay that accepts and closes at once must be backed off from like one that refuses.
				failures = 0;
			},
			onChanges: changes.emit,
			onPresence: presence.emit,
			onDropped: dropped.emit,
			onEnd(code) {
				line = undefined;
				noteEnd(code);
			}
		});
		line = made;
	}

	function noteEnd(code: number): void {
		closeCode = code;
		const refused = isPermanentClose(code);
		failures += 1;
		if (!refused) stopRetry = ports.timers.after(retryDelayMs(), open);
		setStatus(refused ? 'refused' : 'offline');
	}

	/** Ends what is there or on its way, without another try. */
	function leave(): void {
		attempt += 1;
		line?.end(BROKEN);
		stopRetry();
	}

	/** Doubles from 250 ms to 8 s, less up to half at random, so that many devices do not come back at once. */
	function retryDelayMs(): number {
		const most = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(failures - 1, 10));
		return most * (0.5 + ports.randomBytes(1)[0]! / 512);
	}

	return {
		get status() {
			return status;
		},
		/** The session has ended or there is none. */
		get signedOut() {
			return status === 'refused' && closeCode === CLOSE.logIn;
		},
		/** Something that has come over the line is in no document. */
		get isBehind() {
			return line?.isBehind ?? false;
		},
		onChange: changed.on,
		/** Rooms of this user that changed. */
		onChanges: changes.on,
		/** Something that came was let go of and got into no document: it has to be asked for again. */
		onDropped: dropped.on,
		sendSince: (position: number) => line?.sendSince(position),
		/** News of who is there. */
		onPresence: presence.on,
		sendPresence: (report: PresenceReport) => line?.sendPresence(report),
		/** Connects now, unless connected. */
		connect(): void {
			if (status === 'online') return;
			leave();
			failures = 0;
			open();
		},
		/** Ends the connection and stays offline until `connect`. */
		disconnect(): void {
			leave();
			setStatus('offline');
		},
		/** Calls back with the line as soon as there is a connection. Returns the way to stop waiting. */
		whenOnline(start: Start): () => void {
			if (status === 'online' && line && wire) start(line, wire);
			else waiting.add(start);
			return () => waiting.delete(start);
		},
		/** Rooms for which this holds go before the others, both ways. Set again whenever the answers change. */
		setFirst(holds: (room: string) => boolean): void {
			isFirst = holds;
			line?.rankAgain();
		}
	};
}
