/**
 * What the tabs of an account agree upon by Web Locks, which the browser gives back when a tab goes: which one of them
 * tells the system, and whether anybody looks at one. What has been dealt with goes from that one to the others.
 */
import type { UserId } from '../../domain/ids';
import type { Word } from './notifier';

const notifierLock = (user: UserId): string => `skein:${user}:notifier`;
const attendedLock = (user: UserId): string => `skein:${user}:attended`;

/** Holds the lock until the way back that this returns is called. `onHeld` is called once it is this tab's. */
function hold(
	locks: LockManager,
	name: string,
	{ mode, onHeld }: { mode: LockMode; onHeld?: () => void }
): () => void {
	const ended = new AbortController();
	const untilEnded = new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve()));
	const task = () => {
		if (!ended.signal.aborted) onHeld?.();
		return untilEnded;
	};
	// Rejects if it ends while it still waits for the lock.
	locks.request(name, { mode, signal: ended.signal }, task).catch(() => undefined);
	return () => ended.abort();
}

/** Calls back once this tab is the one that tells the system. Returns the way to end that. */
export const whenChosen = (user: UserId, onChosen: () => void, locks = navigator.locks): (() => void) =>
	hold(locks, notifierLock(user), { mode: 'exclusive', onHeld: onChosen });

/** Somebody looks at this tab, until the way back that this returns is called. */
export const attend = (user: UserId, locks = navigator.locks): (() => void) =>
	hold(locks, attendedLock(user), { mode: 'shared' });

/** Whether somebody looks at any of the tabs. */
export async function isAttended(user: UserId, locks = navigator.locks): Promise<boolean> {
	const { held = [] } = await locks.query();
	return held.some(({ name }) => name === attendedLock(user));
}

/** Between the tabs: what one says all others hear, until it leaves. */
export function talk(
	user: UserId,
	hear: (word: Word) => void
): { say: (word: Word) => void; leave: () => void } {
	const channel = new BroadcastChannel(notifierLock(user));
	channel.onmessage = ({ data }: MessageEvent<Word>) => hear(data);
	return { say: (word) => channel.postMessage(word), leave: () => channel.close() };
}
