/**
 * Commands that need the server's authority, kept on this device until the server has answered: sent in order, one
 * tab at a time, each idempotent by the id that it carries.
 */
import { createEmitter } from './emitter';
import type { Answer, Api } from './api';
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
	/** Set when the server refused it for good. */
	readonly refusal?: { readonly code: string; readonly message: string };
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

const RETRY_MS = 3_000;

/** Refused for good: the same command would be refused again. Not so: no network, no session, too many requests, a fault. */
const isPermanent = (status: number): boolean =>
	status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429;

export async function openOutbox({ local, api, tabs, timers, mintId, onDone }: OutboxOptions) {
	const changed = createEmitter();
	const queue = new Map<string, QueuedCommand>(await local.all<QueuedCommand>('commands'));
	let running = false;
	let again = false;
	let closed = false;
	let stopRetry = () => {};

	const waiting = () => [...queue.values()].filter(({ refusal }) => !refusal).sort((a, b) => (a.id < b.id ? -1 : 1));

	async function send(command: Command): Promise<Answer<unknown>> {
		switch (command.type) {
			case 'create-conversation':
				return api.createConversation(command.request);
		}
	}

	/** Sends what waits until the queue is empty or the server cannot be reached. */
	async function drain(): Promise<void> {
		for (let next = waiting()[0]; next && !closed; next = waiting()[0]) {
			const answer = await send(next.command);
			if (answer.ok) {
				queue.delete(next.id);
				await local.delete('commands', next.id);
				onDone(next.command);
			} else if (isPermanent(answer.status)) {
				const refused = { ...next, refusal: { code: answer.code, message: answer.message } };
				queue.set(next.id, refused);
				await local.put('commands', next.id, refused);
			} else {
				if (answer.status !== 0 && answer.status !== 401) stopRetry = timers.after(RETRY_MS, () => void flush());
				return;
			}
			changed.emit();
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
			void flush();
		},
		/** Sends what waits, now. */
		flush,
		/** Forgets a refused command, once the person has seen why. */
		async dismiss(id: string): Promise<void> {
			queue.delete(id);
			changed.emit();
			await local.delete('commands', id);
		},
		close(): void {
			closed = true;
			stopRetry();
		}
	};
}
