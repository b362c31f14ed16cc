import { Clock, INITIAL_CLOCK, type ClockState } from '../domain/clock';
import type { LocalStore } from './ports';

/**
 * The device's clock, kept with each stamp that it gives: a page that comes after this one, offline too and with the
 * wall clock set back meanwhile, goes on behind them. At most one write is on its way.
 */
export function createKeptClock(
	local: Pick<LocalStore, 'put'>,
	{
		now,
		state,
		onProblem
	}: { now: () => number; state: ClockState | undefined; onProblem: (error: unknown) => void }
): Clock {
	let isWriting = false;
	let kept: ClockState | undefined = state;

	async function keep(): Promise<void> {
		if (isWriting) return;
		isWriting = true;
		try {
			while (kept !== clock.state) {
				const next = clock.state;
				await local.put('clock', 'state', next);
				kept = next;
			}
		} catch (error) {
			onProblem(error);
		} finally {
			isWriting = false;
		}
	}

	const clock = new Clock(now, state ?? INITIAL_CLOCK, () => void keep());
	return clock;
}
