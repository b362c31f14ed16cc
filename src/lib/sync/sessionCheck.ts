/**
 * What became of the session when the relay refuses it: the server is asked. It may merely have been renewed, as after a
 * new password, by this tab or by another one; then the link goes on with the new one.
 */
import { createEmitter } from './emitter';
import { ACCOUNT_DELETED } from '../protocol/problemCodes';
import type { Api } from './api';
import type { Link } from './link';
import type { Timers } from './ports';

/** `ended`: somebody has to log in again. `deleted`: there is no such account any more. */
export type SessionState = 'open' | 'ended' | 'deleted';

/** The cookie of a renewed session comes with an answer, which may be behind the word that the old one is over. */
const SURE_AFTER_MS = 1_500;
const RETRY_MS = 5_000;

export interface SessionCheckOptions {
	readonly link: Link;
	readonly api: Pick<Api, 'me'>;
	readonly timers: Timers;
}

export function createSessionCheck({ link, api, timers }: SessionCheckOptions) {
	const changed = createEmitter();
	let state: SessionState = 'open';
	let asking = false;
	/** The server has said once that there is no session. */
	let doubted = false;
	/** The server knew the session, and the relay has not spoken on the link since: it is not tried again at once. */
	let vouched = false;
	let closed = false;
	let stopWaiting = () => {};

	function set(next: SessionState): void {
		if (next === state) return;
		state = next;
		changed.emit();
	}

	async function ask(): Promise<void> {
		stopWaiting();
		if (asking || closed || state === 'deleted' || !link.signedOut) return;
		asking = true;
		const answer = await api.me();
		asking = false;
		if (closed) return;
		if (answer.ok) renew();
		else if (answer.status !== 401) again(RETRY_MS);
		else if (answer.code === ACCOUNT_DELETED) set('deleted');
		else if (doubted) set('ended');
		else {
			doubted = true;
			again(SURE_AFTER_MS);
		}
	}

	function renew(): void {
		doubted = false;
		if (vouched) return again(RETRY_MS, () => link.connect());
		vouched = true;
		link.connect();
	}

	function again(ms: number, action: () => void = () => void ask()): void {
		stopWaiting = timers.after(ms, action);
	}

	const stops = [
		link.onChange(() => void ask()),
		link.onChanges(() => {
			vouched = doubted = false;
			if (state === 'ended') set('open');
		})
	];

	return {
		get state() {
			return state;
		},
		onChange: changed.on,
		close(): void {
			closed = true;
			stopWaiting();
			for (const stop of stops) stop();
		}
	};
}
