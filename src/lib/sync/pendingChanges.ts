/**
 * What the screens show of commands whose outcome the documents do not tell yet: the server's facts, and over them what
 * waits here. Nothing of it is stored, and a refused command is out of it at once.
 */
import { conversationOf, kindOf, type Command } from './commands/commandTable';
import type { CommandKind } from './commands/commandKind';
import type { ConversationId } from '../domain/ids';
import type { Directory } from '../domain/directory';
import type { Info } from '../domain/info';
import type { Outbox, QueuedCommand } from './outbox';
import type { Person } from '../domain/people';
import type { Timers } from './ports';

export interface PendingChangesOptions {
	readonly self: Person;
	readonly outbox: Pick<Outbox, 'commands' | 'onChange'>;
	readonly timers: Timers;
	/** What is shown may differ now. */
	readonly onChange: () => void;
}

/** The documents follow the server's answer within moments, or with the next connection. */
const DONE_KEPT_MS = 5_000;

export function createPendingChanges({ self, outbox, timers, onChange }: PendingChangesOptions) {
	/** Carried out, and not in the documents yet as far as anybody has looked. */
	const done = new Map<string, { readonly queued: QueuedCommand; readonly stop: () => void }>();
	/** By the facts as the server tells them, which are another object after each change. */
	let shown = new WeakMap<object, object>();
	let pending: readonly QueuedCommand[] | undefined;

	function forget(): void {
		shown = new WeakMap();
		pending = undefined;
	}
	outbox.onChange(forget);

	/** In the order they were given. */
	function all(): readonly QueuedCommand[] {
		const waiting = outbox.commands.filter(({ id, refusal }) => !refusal && !done.has(id));
		return (pending ??= [...[...done.values()].map(({ queued }) => queued), ...waiting]);
	}

	function drop(id: string): void {
		done.get(id)?.stop();
		if (done.delete(id)) pending = undefined;
	}

	type Change<T> = (
		kind: CommandKind<Command>
	) => ((told: T, command: Command, self: Person) => T) | undefined;

	function over<T extends object>(told: T, commands: readonly QueuedCommand[], changeOf: Change<T>): T {
		const kept = shown.get(told);
		if (kept) return kept as T;
		const result = commands.reduce((now, { id, command }) => {
			const kind = kindOf(command);
			const change = kind && changeOf(kind);
			if (!change) return now;
			const next = change.call(kind, now, command, self);
			// The documents say it: from here on they alone are asked, or another's later change would be hidden.
			if (next === now) drop(id);
			return next;
		}, told);
		shown.set(told, result);
		return result;
	}

	return {
		/** What a conversation's info says once all that waits here is done. */
		info: (id: ConversationId, told: Info): Info =>
			over(
				told,
				all().filter(({ command }) => conversationOf(command) === id),
				(kind) => kind.info
			),
		/** Those that wait, and those done of which the documents may not tell yet. */
		get commands(): readonly Command[] {
			return all().map(({ command }) => command);
		},
		directory: (told: Directory): Directory => over(told, all(), (kind) => kind.directory),
		/** Call when the server has carried a command out. */
		noteDone(queued: QueuedCommand): void {
			const stop = timers.after(DONE_KEPT_MS, () => {
				drop(queued.id);
				forget();
				onChange();
			});
			done.set(queued.id, { queued, stop });
			forget();
		},
		close(): void {
			for (const { stop } of done.values()) stop();
			done.clear();
		}
	};
}
