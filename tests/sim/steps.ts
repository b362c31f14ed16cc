/** What may happen in a run, as fast-check makes it up: plain records, so that shrinking leaves out what does not matter. */
import fc from 'fast-check';
import type { CastPlan } from './cast';

const WEIGHTS = {
	send: 24,
	reply: 6,
	forward: 2,
	edit: 8,
	remove: 8,
	react: 6,
	pin: 3,
	read: 12,
	unread: 4,
	draft: 8,
	chooseDraft: 3,
	sendDraft: 6,
	setting: 3,
	page: 4,
	leave: 1,
	offline: 5,
	online: 8,
	clock: 2,
	reopen: 2,
	crash: 2,
	away: 1,
	lose: 1,
	kill: 2,
	start: 6,
	turns: 12
};

export type Deed = keyof typeof WEIGHTS;

export interface Step {
	readonly do: Deed;
	/** Which device. */
	readonly who: number;
	/** Which message or matter, counted from the newest. */
	readonly nth: number;
	/** Something else to choose by. */
	readonly more: number;
	/** How many turns of the event loop pass behind it: the network goes on meanwhile. */
	readonly pause: number;
	/** On or off; one way or the other. */
	readonly flag: boolean;
	/** In the conversation that is not open all the time. */
	readonly aside: boolean;
}

export interface Run extends CastPlan {
	readonly steps: readonly Step[];
}

const deed = fc.oneof(
	...Object.entries(WEIGHTS).map(([name, weight]) => ({ weight, arbitrary: fc.constant(name as Deed) }))
);

const step: fc.Arbitrary<Step> = fc.record({
	do: deed,
	who: fc.nat(8),
	nth: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(40) }),
	more: fc.nat(20),
	pause: fc.oneof(fc.constant(0), fc.nat(5)),
	flag: fc.boolean(),
	aside: fc.nat(7).map((n) => n === 7)
});

export const arbitraryRun = (stepsMax: number): fc.Arbitrary<Run> =>
	fc.record({
		devices: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 3 }),
		limits: fc.record({
			segmentMessagesMax: fc.integer({ min: 3, max: 8 }),
			segmentEntriesMax: fc.integer({ min: 20, max: 60 })
		}),
		steps: fc.array(step, { minLength: 20, maxLength: stepsMax, size: 'max' })
	});
