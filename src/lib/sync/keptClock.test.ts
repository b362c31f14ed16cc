import { expect, it, vi } from 'vitest';
import { compareStamps } from '../domain/stamp';
import type { ClockState } from '../domain/clock';
import { createKeptClock } from './keptClock';

const NOW = 1_700_000_000_000;

it('a clock that was ahead and never heard of the relay is gone on from, though the wall clock was set back', async () => {
	const put = vi.fn<(store: string, key: string, state: unknown) => Promise<void>>(async () => {});
	const ahead = createKeptClock(
		{ put },
		{ now: () => NOW + 3_600_000, state: undefined, onProblem: () => {} }
	);
	const first = ahead.tick();
	const second = ahead.tick();
	await expect.poll(() => put.mock.lastCall?.[2]).toEqual(ahead.state);
	const state = put.mock.lastCall?.[2] as ClockState;
	const right = createKeptClock({ put }, { now: () => NOW, state, onProblem: () => {} });
	expect(compareStamps(second, first)).toBeGreaterThan(0);
	expect(compareStamps(right.tick(), second)).toBeGreaterThan(0);
});

it('says so if the disk does not take it, and tries again with the next stamp', async () => {
	const onProblem = vi.fn();
	const put = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('full')).mockResolvedValue();
	const clock = createKeptClock({ put }, { now: () => NOW, state: undefined, onProblem });
	clock.tick();
	await expect.poll(() => onProblem.mock.calls.length).toBe(1);
	clock.tick();
	await expect.poll(() => put.mock.calls.length).toBe(2);
});
