/**
 * Commands that need the server's authority, kept on this device until the server has answered: sent in order, one
 * tab at a time, each idempotent by the id that it carries.
 */
import { createEmitter } from './emitter';
import { UNEXPECTED_ANSWER, type Answer, type Api } from './api';
import type { CreateConversationRequest } from '../protocol/rest';
import type { LocalStore, Tabs, Timers } from './ports';
import type { Person } from '../domain/people';

export interface CreateConversation {
	readonly type: 'create-conversation';
	readonly request: CreateConversationRequest & { readonly id: string };
	/** Who is in it, so that it has names before the server has answered. */
	readonly people: readonly Person[];
}

export type Command = CreateConversation;

export interface QueuedCommand {
	/** Sorts by time: commands leave in this order. */
	readonly id: string;
	readonly command: Command;
	/** Set when the server refused it for good; `seen` once the person has been told why. */
	readonly refusal?: { readonly code: string; readonly message: string; readonly seen?: boolean };
}

export interface OutboxOptions {
	readonly local: LocalStore;
	readonly api: Api;
	readonly tabs: Tabs;
	readonly timers: Timers;
	readonly mintId: () => string;
	/** After the server has carried a command out. */
	readonly onDone: (command: Command) => void;
}

/** To other tabs: the table has changed. */
const NEWS = new Uint8Array();
const RETRY_FIRST_MS = 3_000;
const RETRY_MAX_MS = 60_000;

/**
 * Refused for good: the same command would be refused again. Not so: no network, no session, too many requests, a
 * fault, or the answer of something in between that is not the server.
 */
const isPermanent = (answer: { status: number; code: string }): boolean =>
	answer.status >= 400 &&
	answer.status < 500 &&
	![401, 408, 429].includes(answer.status) &&
	answer.code !== UNEXPECTED_ANSWER;

export type Outbox = Awaited<ReturnType<typeof openOutbox>>;

export async function openOutbox({ local, api, tabs, timers, mintId, onDone }: OutboxOptions) {
	const changed = createEmitter();
	let queue = new Map<string, QueuedCommand>(await local.all<QueuedCommand>('commands'));
	let failures = 0;
	let running = false;
	let again = false;
	let closed = false;
	let stopRetry = () => {};

	const waiting = () =>
		[...queue.values()].filter(({ refusal }) => !refusal).sort((a, b) => (a.id < b.id ? -1 : 1));

	async function send(command: Command): Promise<Answer<unknown>> {
		switch (command.type) {
			case 'create-conversation':
				return api.createConversation(command.request);
		}
	}

	/** Another tab of this account may have added to the table, or sent from it. */
	const toTabs = tabs.join('outbox', () => void readAgain().then(flush));
	async function readAgain(): Promise<void> {
		if (closed) return;
		queue = new Map(await local.all<QueuedCommand>('commands'));
		changed.emit();
	}

	/** Sends what waits until the queue is empty or the server cannot be reached. */
	async function drain(): Promise<void> {
		await readAgain();
		for (let next = waiting()[0]; next && !closed; next = waiting()[0]) {
			const answer = await send(next.command);
			if (answer.ok) {
				// Before it is gone from here: the directory tells of it a moment later.
				onDone(next.command);
				queue.delete(next.id);
				await local.delete('commands', next.id);
				failures = 0;
			} else if (isPermanent(answer)) {
				const refused = { ...next, refusal: { code: answer.code, message: answer.message } };
				queue.set(next.id, refused);
				await local.put('commands', next.id, refused);
			} else {
				// After a login, or when there is a network again, it is flushed at once.
				if (answer.status !== 401)
					stopRetry = timers.after(
						Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** failures),
						() => void flush()
					);
				failures += 1;
				return;
			}
			changed.emit();
			toTabs.post(NEWS);
		}
	}

	async function flush(): Promise<void> {
		if (closed) return;
		again = true;
		if (running) return;
		running = true;
		stopRetry();
		try {
			while (again && !closed) {
				again = false;
				await tabs.exclusive('outbox', drain);
			}
		} finally {
			running = false;
		}
	}

	return {
		get commands(): readonly QueuedCommand[] {
			return [...queue.values()];
		},
		get waiting(): number {
			return waiting().length;
		},
		onChange: changed.on,
		/** Keeps the command on this device; it leaves as soon as it can. */
		async add(command: Command): Promise<void> {
			const queued = { id: mintId(), command };
			queue.set(queued.id, queued);
			changed.emit();
			await local.put('commands', queued.id, queued);
			toTabs.post(NEWS);
			void flush();
		},
		/** Sends what waits, now. */
		flush,
		/** The person has seen why it was refused. It is forgotten, unless text still hangs on it. */
		async dismiss(id: string, { keep }: { keep: boolean }): Promise<void> {
			const refused = queue.get(id);
			if (!refused?.refusal) return;
			const seen = { ...refused, refusal: { ...refused.refusal, seen: true } };
			if (keep) queue.set(id, seen);
			else queue.delete(id);
			changed.emit();
			await (keep ? local.put('commands', id, seen) : local.delete('commands', id));
			toTabs.post(NEWS);
		},
		close(): void {
			closed = true;
			stopRetry();
			toTabs.leave();
		}
	};
}
