/**
 * What is done when the relay refuses home. Stamps that are ahead of all clocks (4409): the facts are written again under
 * the right time. For want of space, or as it is: nothing is given up, it holds on this device, and the relay is asked
 * again, more and more rarely. Invariant: that lasts, though a new try be under way, until all that is in the document is
 * on the relay's disk.
 */
import { CLOSE, isPermanentClose } from '../protocol/closeCodes';
import { salvageFacts, type SalvageFactsOptions } from './salvageFacts';
import type { RoomSync } from './roomSync';
import type { Timers } from './ports';

/** `noSpace`: the user's writing takes as much of the relay's store as it may; `refused`: it does not take this. */
export type KeptHere = 'noSpace' | 'refused';

export interface HomeRefusalOptions extends Omit<SalvageFactsOptions, 'relayMs'> {
	readonly room: Pick<RoomSync, 'status' | 'allTaken' | 'connect' | 'doc' | 'acked' | 'room'>;
	readonly timers: Timers;
}

export type HomeRefusal = ReturnType<typeof createHomeRefusal>;

/** Space comes when the person deletes something, or whoever runs the server gives more. */
const ASK_FIRST_MS = 30_000;
const ASK_MAX_MS = 2 * 60_000;

export function createHomeRefusal({ room, timers, ...options }: HomeRefusalOptions) {
	let reason: KeptHere | undefined;
	let waitMs = ASK_FIRST_MS;
	let stopTimer: (() => void) | undefined;

	function ask(): void {
		stopTimer?.();
		stopTimer = undefined;
		if (room.status.at === 'refused') room.connect();
	}

	function end(): void {
		stopTimer?.();
		stopTimer = reason = undefined;
		waitMs = ASK_FIRST_MS;
	}

	/** Once for each refusal, though the refused room goes on to change while it is salvaged. */
	let isSalvaging = false;
	async function salvage(relayMs: number): Promise<void> {
		if (isSalvaging) return;
		isSalvaging = true;
		try {
			await salvageFacts(room, { ...options, relayMs });
			room.connect();
		} finally {
			isSalvaging = false;
		}
	}

	return {
		/** Why what was written last is on this device alone; undefined if the relay takes it. */
		get reason(): KeptHere | undefined {
			return reason;
		},
		/** Call with each change of the room. */
		follow(): void {
			const { status } = room;
			if (status.at === 'synced' && reason && room.allTaken) return end();
			if (status.at !== 'refused') return;
			if (status.code === CLOSE.clock) return void salvage(Number(status.reason));
			if (!isKept(status.code)) return;
			reason = status.code === CLOSE.storeFull ? 'noSpace' : 'refused';
			if (stopTimer) return;
			stopTimer = timers.after(waitMs, ask);
			waitMs = Math.min(2 * waitMs, ASK_MAX_MS);
		},
		/** There is a new connection: much may have changed. */
		askNow(): void {
			if (reason) ask();
		},
		close: () => stopTimer?.()
	};
}

/** What waits for a login or for the right time has a way of its own. */
const isKept = (code: number): boolean =>
	isPermanentClose(code) && code !== CLOSE.logIn && code !== CLOSE.clock;
