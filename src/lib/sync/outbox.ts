/**
 * Commands that need the server's authority, kept on this device until the server has answered: sent one tab at a time
 * and each in its order, idempotent by the id that it carries. A refused one says why and holds up no other.
 */
import { createEmitter } from './emitter';
import { joinOf } from './commands/joinOf';
import { conversationOf, type Command } from './commands/commandTable';
import type { Api } from './api';
import type { Draining } from './outboxDrain';
import type { ConversationId } from '../domain/ids';
import type { LocalStore, Tabs, Timers } from './ports';
import type { Stamp } from '../domain/stamp';
import type { WrittenBehind } from './writtenBehind';

export interface QueuedCommand {
	/** A UUID v7, which sorts by time: commands leave in this order. */
	readonly id: string;
	readonly command: Command;
	/** What its conversation was called when it was given: one may not be in it any more when it is refused. */
	readonly name?: string;
	/**
	 * Since when its user was in its group by what the server had told this device, in milliseconds since 1970: out of it
	 * since, they have given it no more.
	 */
	readonly joined?: number;
	/**
	 * Of a new conversation: the server was asked for it, and may have made it though no answer came. Of letting somebody
	 * in: the server has done it. Neither can be taken back.
	 */
	readonly tried?: true;
	/**
	 * Of letting somebody in: later than all that stood in the conversation then, and earlier than what is written from
	 * then on. No time of a clock says that: what was written before may bear a later one.
	 */
	readonly since?: Stamp;
	/** Until when the server wants not to be asked for it again, by this device's clock, in milliseconds since 1970. */
	readonly restsUntil?: number;
	/** Set when the server refused it for good; `seen` once the person has been told why. */
	readonly refusal?: Refusal & { readonly seen?: boolean };
}

export interface Refusal {
	readonly code: string;
	/** The server's own words. */
	readonly message: string;
	/** The field of the request that is wrong. */
	readonly field?: string;
}

export interface OutboxOptions {
	readonly local: LocalStore;
	readonly api: Pick<Api, 'command'>;
	readonly tabs: Tabs;
	readonly now: () => number;
	/** By the relay's clock, in milliseconds since 1970. */
	readonly serverNow: () => number;
	readonly timers: Timers;
	/** A UUID v7 of a later millisecond than that of `after`, whatever became of the clock. */
	readonly mintId: (after?: string) => string;
	/** What a conversation is called, by the server's word as far as that is known. */
	readonly nameOf: (id: string) => string | undefined;
	/** Since when this user is in a conversation, by the server's word as far as that is known: 0 is from the beginning. */
	readonly joinedIn: (id: string) => number | undefined;
	/** The next stamp of a conversation. */
	readonly stampIn: (id: ConversationId) => Stamp;
	/** What has to do with what was written behind a command. */
	readonly written: () => WrittenBehind;
	/** After the server has carried a command out. */
	readonly onDone: (done: QueuedCommand) => void;
	/**
	 * True while a command must wait, whatever the network says. It is asked again with each flush, and `isUnknown` once
	 * the server has said that there is no such conversation.
	 */
	readonly mustWait?: (command: Command, isUnknown?: boolean) => boolean;
}

/** To other tabs: the table has changed. */
const NEWS = new Uint8Array();
const RETRY_FIRST_MS = 3_000;
const RETRY_MAX_MS = 60_000;

export type Outbox = Awaited<ReturnType<typeof openOutbox>>;

export async function openOutbox(options: OutboxOptions) {
	const {
		local,
		api,
		tabs,
		now,
		timers,
		serverNow,
		mintId,
		nameOf,
		joinedIn,
		stampIn,
		written,
		onDone,
		mustWait = () => false
	} = options;
	const changed = createEmitter();
	let queue = new Map<string, QueuedCommand>(await local.all<QueuedCommand>('commands'));
	let failures = 0;
	let running = false;
	let again = false;
	let closed = false;
	let stopRetry = () => {};
	let retryAt = Infinity;

	const inOrder = () => [...queue.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
	const waiting = () => inOrder().filter(({ refusal }) => !refusal);

	/** Another tab of this account may have added to the table, or sent from it. */
	const toTabs = tabs.join('outbox', () => void readAgain().then(flush));
	async function readAgain(): Promise<void> {
		if (closed) return;
		queue = new Map(await local.all<QueuedCommand>('commands'));
		changed.emit();
	}

	async function put(queued: QueuedCommand): Promise<void> {
		queue.set(queued.id, queued);
		changed.emit();
		await local.put('commands', queued.id, queued);
		toTabs.post(NEWS);
	}

	async function remove(id: string): Promise<void> {
		queue.delete(id);
		changed.emit();
		await local.delete('commands', id);
		toTabs.post(NEWS);
	}

	/** Sends what waits: by code that comes with the first command, since there seldom is one. */
	async function drain(): Promise<void> {
		await readAgain();
		if (waiting().length === 0) return;
		const part = await import('./outboxDrain').catch(() => undefined);
		// Where the code does not come there is no network either.
		if (part) await part.drainOutbox(draining);
		else retrySoon();
	}

	function retrySoon(): void {
		retryIn(Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** failures));
		failures += 1;
	}

	/** Unless something is tried sooner: all that waits is looked at then. */
	function retryIn(ms: number): void {
		const at = now() + ms;
		if (ms <= 0 || at >= retryAt) return;
		noRetry();
		retryAt = at;
		stopRetry = timers.after(ms, () => {
			retryAt = Infinity;
			void flush();
		});
	}

	function noRetry(): void {
		stopRetry();
		retryAt = Infinity;
	}

	const draining: Draining = {
		api,
		local,
		now,
		serverNow,
		mustWait,
		written,
		onDone,
		waiting: () => (closed ? [] : waiting()),
		put,
		remove,
		retryIn,
		retrySoon,
		succeeded: () => (failures = 0)
	};

	async function flush(): Promise<void> {
		if (closed) return;
		again = true;
		if (running) return;
		running = true;
		noRetry();
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
		/** Those that wait and those that were refused, in the order they were given. */
		get commands(): readonly QueuedCommand[] {
			return inOrder();
		},
		get waiting(): number {
			return waiting().length;
		},
		onChange: changed.on,
		/**
		 * Keeps the command on this device; it leaves as soon as it can. Rejects if the disk does not take it: then nothing
		 * is to come of it, and nothing shows it any more.
		 */
		async add(command: Command): Promise<void> {
			// Ids of one millisecond are in any order, and so would be what two commands about the same come to.
			const id = mintId(inOrder().at(-1)?.id);
			const join = joinOf(command);
			try {
				const about = conversationOf(command) ?? '';
				const since = join && stampIn(join.conversation);
				await put({ id, command, name: nameOf(about), joined: joinedIn(about), since });
			} catch (error) {
				queue.delete(id);
				changed.emit();
				throw error;
			}
			void flush();
		},
		/** Sends what waits, now. */
		flush,
		/** Takes a command back, if it has not left yet. False if it has, or if a new conversation may be made already. */
		cancel: (id: string): Promise<boolean> =>
			tabs.exclusive('outbox', async () => {
				await readAgain();
				const queued = queue.get(id);
				if (!queued || queued.tried) return false;
				await remove(id);
				return true;
			}),
		/** The person has seen why it was refused. It is forgotten, unless text still hangs on it. */
		async dismiss(id: string, { keep }: { keep: boolean }): Promise<void> {
			const refused = queue.get(id);
			if (!refused?.refusal) return;
			if (keep) await put({ ...refused, refusal: { ...refused.refusal, seen: true } });
			else await remove(id);
		},
		close(): void {
			closed = true;
			noRetry();
			toTabs.leave();
		}
	};
}
