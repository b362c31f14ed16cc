import { expect, it } from 'vitest';
import { ALICE, BOB, erased, messageEntry } from '../domain/entries.fixture';
import { Clock } from '../domain/clock';
import { compareStamps } from '../domain/stamp';
import { createWriteOrder } from './writeOrder';
import type { Entry } from '../domain/entry';

const RELAY_MS = 1_000_000;
const MONTH_MS = 30 * 86_400_000;

/** A clock that was a month ahead, and was set right as another conversation was refused. */
function setBack() {
	let aheadMs = MONTH_MS;
	const clock = new Clock(() => RELAY_MS + aheadMs);
	const unsent: Entry[] = [];
	const order = createWriteOrder(clock, () => unsent);
	const write = () => {
		const { ms, counter } = order.tick();
		const entry = messageEntry({ client: 1, s: unsent.length, ms, counter, author: ALICE });
		unsent.push(entry);
		order.note([entry]);
		return entry.stamp;
	};
	const refusedElsewhere = () => {
		clock.refused({ relayMs: RELAY_MS, newest: { ms: 0, counter: 0 } });
		aheadMs = 0;
		clock.correct(RELAY_MS);
	};
	return { unsent, write, refusedElsewhere };
}

it('what is written stands behind what still waits here under the wrong time', () => {
	const { write, refusedElsewhere } = setBack();
	const wrong = write();
	refusedElsewhere();
	const [next, last] = [write(), write()];
	expect(compareStamps(next, wrong)).toBeGreaterThan(0);
	expect(compareStamps(last, next)).toBeGreaterThan(0);
});

it('once nothing waits here under the wrong time, the clock’s own stamps are given again', () => {
	const { write, refusedElsewhere, unsent } = setBack();
	write();
	refusedElsewhere();
	unsent.length = 0;
	expect(write().ms).toBe(RELAY_MS);
	expect(write().ms).toBe(RELAY_MS);
});

it('what is written after the wall clock was set back stands behind what others wrote meanwhile', () => {
	let nowMs = RELAY_MS;
	const clock = new Clock(() => nowMs);
	clock.correct(RELAY_MS);
	nowMs -= MONTH_MS;
	const theirs = messageEntry({ client: 2, ms: RELAY_MS + 5, author: BOB });
	const order = createWriteOrder(clock, () => [theirs]);
	clock.observe(theirs.stamp);
	order.note([theirs]);
	expect(order.tick()).toEqual({ ms: RELAY_MS + 5, counter: 1 });
});

it('an erased entry, which may claim any time, moves nothing', () => {
	const clock = new Clock(() => RELAY_MS);
	const gone = erased(messageEntry({ client: 2, ms: RELAY_MS + MONTH_MS, author: BOB }));
	const order = createWriteOrder(clock, () => [gone]);
	order.note([gone]);
	expect(order.tick()).toEqual({ ms: RELAY_MS, counter: 0 });
});
