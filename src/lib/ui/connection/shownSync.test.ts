import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ShownSync } from './shownSync.svelte';
import type { SyncModel, SyncState } from '../../state/syncModel';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The words beside a true state, as the screen's effect keeps them. */
function setup() {
	const shown = new ShownSync();
	let stop: (() => void) | undefined;
	return {
		shown,
		become(state: SyncState) {
			stop?.();
			stop = shown.follow({ state } as SyncModel);
		}
	};
}

it('says at once what is better, and what is worse only if it lasts', () => {
	const { shown, become } = setup();
	become('synced');
	expect(shown.state).toBe('synced');
	become('offline');
	vi.advanceTimersByTime(500);
	become('synced');
	vi.advanceTimersByTime(500);
	expect(shown.state).toBe('synced');
	become('offline');
	vi.advanceTimersByTime(600);
	expect(shown.state).toBe('offline');
});

it('does not go on saying that all is here while one lesser state follows another', () => {
	const { shown, become } = setup();
	become('synced');
	become('offline');
	vi.advanceTimersByTime(400);
	become('connecting');
	vi.advanceTimersByTime(150);
	become('catching-up');
	vi.advanceTimersByTime(50);
	expect(shown.state).toBe('catching-up');
});
