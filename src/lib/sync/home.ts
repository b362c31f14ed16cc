/**
 * What a user keeps for themselves, on all of their devices: settings, pins, mutes, drafts and read state, as facts of
 * one document. Written with no network; each device writes keys of its own where two could disagree.
 */
import { onDocumentChange } from '../conversation/documentChanges';
import { createEmitter } from './emitter';
import { NO_DRAFTS_SEEN, readDrafts, type DraftState } from '../domain/draftState';
import { readFacts, writeFacts } from '../conversation/factDocument';
import type { AnyValue } from '../domain/boundedAny';
import type { Clock } from '../domain/clock';
import type { ConversationId, UserId } from '../domain/ids';
import type { Facts } from '../domain/facts';
import type { RoomSync } from './roomSync';
import { CLOSE } from '../protocol/closeCodes';
import { salvageFacts } from './salvageFacts';
import type { Tabs, Timers } from './ports';

export interface HomeOptions {
	readonly self: UserId;
	/** This tab of a browser profile, or process, among all of the user's. */
	readonly deviceId: string;
	readonly room: RoomSync;
	readonly clock: Clock;
	readonly timers: Timers;
	readonly tabs: Tabs;
}

/** Writing is gathered this long: a draft changes with every key, and one fact for each would be waste. */
const GATHER_MS = 400;

const NO_DRAFT: DraftState = { begun: [], seen: NO_DRAFTS_SEEN, bases: new Map(), heirs: new Map() };

export type Home = ReturnType<typeof openHome>;

export function openHome({ self, deviceId, room, clock, timers, tabs }: HomeOptions) {
	const changed = createEmitter();
	const due = new Map<string, () => AnyValue>();
	let stopTimer: (() => void) | undefined;
	let facts: Facts = new Map();
	let drafts = new Map<ConversationId, DraftState>();
	let stale = true;

	function read(): void {
		if (!stale) return;
		facts = readFacts(room.doc);
		for (const { stamp } of facts.values()) clock.observe(stamp);
		drafts = readDrafts(facts);
		stale = false;
	}

	onDocumentChange(room.doc, () => {
		stale = true;
		changed.emit();
	});
	room.onChange(() => {
		const { status } = room;
		if (status.at === 'refused' && status.code === CLOSE.clock) void salvage(Number(status.reason));
		changed.emit();
	});

	/** Once for each refusal, though the refused room goes on to change while it is salvaged. */
	let isSalvaging = false;
	async function salvage(relayMs: number): Promise<void> {
		if (isSalvaging) return;
		isSalvaging = true;
		try {
			await salvageFacts(room, { self, clock, relayMs, tabs });
			room.connect();
		} finally {
			isSalvaging = false;
		}
	}

	function flush(): void {
		stopTimer?.();
		stopTimer = undefined;
		if (due.size === 0) return;
		read();
		const gathered = [...due];
		// What cannot be written must not be in the way of all that comes after it.
		due.clear();
		const wanted = new Map(gathered.map(([key, value]) => [key, value()]));
		writeFacts(room.doc, self, wanted, () => clock.tick());
	}

	/** The value is asked for when it is written, so that it is based on what is known by then. */
	function gather(key: string, value: () => AnyValue): void {
		due.set(key, value);
		stopTimer ??= timers.after(GATHER_MS, flush);
	}

	/** Writes at once after a pause, and gathers what follows: who reads a screen and leaves then has read it. */
	function note(key: string, value: () => AnyValue): void {
		due.set(key, value);
		if (stopTimer) return;
		flush();
		stopTimer = timers.after(GATHER_MS, flush);
	}

	const draftOf = (id: ConversationId): DraftState => {
		read();
		return drafts.get(id) ?? NO_DRAFT;
	};

	return {
		room,
		deviceId,
		whenLoaded: room.whenLoaded,
		onChange: changed.on,
		get facts(): Facts {
			read();
			return facts;
		},
		isOn(key: string): boolean {
			read();
			return facts.get(key)?.value === true;
		},
		/** Writes a fact of the user's at once. A value of null takes it back. */
		set(key: string, value: AnyValue): void {
			writeFacts(room.doc, self, new Map([[key, value]]), () => clock.tick());
		},
		gather,
		note,
		draftOf,
		/** Writes what is gathered, now: the page may be going. */
		flush,
		close(): Promise<void> {
			flush();
			return room.close();
		}
	};
}
