/**
 * What becomes of a frame that is to change a room: judged by the guard, applied to the document, staged. A frame that
 * is refused closes its channel.
 */
import { ERASED_ITEM_COST } from './limits';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { judge } from './guard';
import type { Change, RoomDocument } from './roomDocument';
import type { Channel } from './channel';
import type { Fresh, FrameKind, Verdict } from './verdict';
import type { RelayMeters } from './meters';
import type { RoomLedger } from './roomLedger';
import type { RoomQuestions } from './roomQuestions';
import type { SegmentGate } from './segments';
import type { StoreQuota } from './storeQuota';
import type { UserId } from '../src/lib/domain/ids';

type Passed = Extract<Verdict, { type: 'pass' }>;

export interface FrameIntakeOptions {
	readonly room: string;
	/** Wall clock in milliseconds. */
	readonly now: () => number;
	readonly ledger: RoomLedger;
	readonly questions: RoomQuestions;
	readonly gate: SegmentGate | undefined;
	readonly quota: StoreQuota;
	readonly meters: RelayMeters;
	/** Who shows, or last showed, awareness under this client id. */
	readonly shownBy: (client: number) => UserId | undefined;
	/** Charges a user for so many bytes beside those that came. */
	readonly chargeBytes: (user: UserId, bytes: number) => void;
	/** Carries a change out; throws if it cannot be made, and then the document is of no further use. */
	readonly attempt: (change: () => Change) => Change;
}

export class FrameIntake {
	readonly #options: FrameIntakeOptions;

	constructor(options: FrameIntakeOptions) {
		this.#options = options;
	}

	take(channel: Channel, kind: FrameKind, payload: Uint8Array, document: RoomDocument): void {
		const { now, questions, ledger, meters } = this.#options;
		if (kind === 'step2') channel.stepsOpen = Math.max(0, channel.stepsOpen - 1);
		if (questions.putsOff(channel)) return;
		const { userId: caller, writesSince } = channel;
		const verdict = judge(payload, { kind, caller, nowMs: now(), writesSince }, document);
		if (verdict.type === 'refuse') return channel.close(verdict.code, verdict.reason);
		if (verdict.type === 'gap') {
			meters.count('gaps');
			// The provider sends live updates before its queue; it answers a step 1 with everything.
			questions.askForGap(channel);
			return;
		}
		if (!this.#apply(channel, verdict, document)) return;
		const { named } = verdict;
		if (channel.wantsAcks) ledger.afterCommit((batch) => batch.oweAck(channel, named));
	}

	/** False if the channel is closed for it. */
	#apply(channel: Channel, { fresh, grown, entries, makesRoom }: Passed, document: RoomDocument): boolean {
		const { room, gate, ledger, attempt, quota, shownBy } = this.#options;
		if (!fresh) return true;
		const refuse = (code: number, reason: string) => {
			channel.close(code, reason);
			return false;
		};
		if (!channel.mayWrite) return refuse(CLOSE.forbidden, 'this room is read-only');
		if (document.tally.entries === 0 && gate?.mayBegin === false)
			return refuse(CLOSE.segmentEarly, 'the segment before this one is not full');
		const { userId: user } = channel;
		const begun = grown.filter((client) => document.owner(client) === undefined);
		// Seen in awareness before its log is: who begins it first would lock its owner out.
		if (begun.some((client) => (shownBy(client) ?? user) !== user))
			return refuse(CLOSE.forbidden, "another user's client id");
		const logs = begun.length;
		const growth = { user, room, bytes: grown.length > 0 ? fresh.bytes.length : 0, entries, logs, makesRoom };
		const excess = quota.refusal(growth, document.shares);
		if (excess !== undefined) return refuse(CLOSE.storeFull, excess);
		try {
			const { update, erased, growth } = attempt(() => document.apply(fresh, user));
			const shares = quota.book(growth, document.shares, { user, room, logs });
			const clocks = new Map(grown.map((client) => [client, document.state(client)]));
			this.#options.chargeBytes(user, ERASED_ITEM_COST * erasedItems(fresh));
			if (update) ledger.stage({ room, update, erased, shares }, clocks, channel);
			return true;
		} catch {
			return refuse(CLOSE.badFrame, 'the update cannot be applied');
		}
	}
}

/** Items that were erased before they came. */
const erasedItems = ({ read }: Fresh): number =>
	read.clients
		.flatMap(({ structs }) => structs)
		.reduce((items, { type, length }) => items + (type === 'deleted' ? length : 0), 0);
