/**
 * The sending of what waits in the outbox. It is loaded when something does.
 */
import { UNEXPECTED_ANSWER } from './answer';
import { askOf, isMadeAgain, isSoAlready } from './commands/commandAsks';
import { conversationOf, kindOf } from './commands/commandTable';
import { foldRemovals } from './foldRemovals';
import { isNewConversation, leftKey, type QueuedConversation } from './newConversations';
import { takeBehind } from './writtenBehind';
import type { OutboxOptions, QueuedCommand } from './outbox';
import type { Touched } from './commands/commandKind';

/** What sending needs of the outbox. */
export interface Draining extends Required<
	Pick<OutboxOptions, 'api' | 'local' | 'now' | 'serverNow' | 'mustWait' | 'written' | 'onDone'>
> {
	/** What waits, in its order; nothing once the outbox is closed. */
	waiting(): readonly QueuedCommand[];
	put(queued: QueuedCommand): Promise<void>;
	remove(id: string): Promise<void>;
	/** Looks at all of it again after so many milliseconds, unless that is before it anyway. */
	retryIn(ms: number): void;
	/** The same, later each time that nothing succeeds. */
	retrySoon(): void;
	succeeded(): void;
}

const REST_MIN_MS = 3_000;
/** The longest that a server's word holds: longer than its own rates ask for. */
const REST_MAX_MS = 3_600_000;

/**
 * Refused for good: the same command would be refused again. Not so: no network, no session, too many requests, a
 * fault, or the answer of something in between that is not the server.
 */
const isPermanent = (answer: { status: number; code: string }): boolean =>
	answer.status >= 400 &&
	answer.status < 500 &&
	![401, 408, 429].includes(answer.status) &&
	answer.code !== UNEXPECTED_ANSWER;

/** Milliseconds that it has still to rest. After the clock was set back by more than a rest may last, none. */
function restOf({ restsUntil = 0 }: QueuedCommand, now: number): number {
	const left = restsUntil - now;
	return left <= REST_MAX_MS ? Math.max(0, left) : 0;
}

/**
 * Sends what waits. What the server cannot do now, or wants to be asked for later, holds up what touches the same, and
 * what touches that; without a network or a login nothing else is tried.
 */
export async function drainOutbox(outbox: Draining): Promise<void> {
	const { api, now, waiting, mustWait } = outbox;
	let isPutOff = false;
	for (const queued of waiting()) outbox.retryIn(restOf(queued, now()));
	const held = new Set<Touched>();
	const heldItself = new Set<string>();
	const hold = ({ id, command }: QueuedCommand) => {
		heldItself.add(id);
		for (const touched of kindOf(command)?.touches(command) ?? []) held.add(touched);
	};
	const next = () =>
		waiting().find((queued) => {
			const { id, command } = queued;
			const kind = kindOf(command);
			if (!kind || heldItself.has(id)) return false;
			// What waits for a conversation does not hold up that it is made again.
			const touched = isMadeAgain(command) ? [] : kind.touches(command);
			const needs = [...touched, ...(kind.waitsFor?.(command) ?? [])];
			const rests = restOf(queued, now()) > 0;
			if (!rests && !needs.some((each) => held.has(each)) && !mustWait(command)) return true;
			hold(queued);
			return false;
		});
	/** Several that fail are one try. */
	function putOff(): void {
		if (!isPutOff) outbox.retrySoon();
		isPutOff = true;
	}

	/** Kept with it: neither a new page nor another tab asks earlier. */
	async function rest(queued: QueuedCommand, seconds: number): Promise<void> {
		const ms = Math.min(REST_MAX_MS, Math.max(REST_MIN_MS, seconds * 1_000));
		await outbox.put({ ...queued, restsUntil: now() + ms });
		outbox.retryIn(ms);
	}

	/** What waits about a conversation, but for the command that makes it. */
	const behind = (creation: QueuedConversation) =>
		waiting().filter(
			(queued) => queued.id !== creation.id && conversationOf(queued.command) === creation.command.request.id
		);

	/** Noted before it goes: from here on it may be made, whatever comes of the answer. */
	async function tryFirst(queued: QueuedConversation): Promise<QueuedConversation> {
		const { creation, spent } = foldRemovals(queued.command, behind(queued));
		const tried = { ...queued, command: creation, tried: true } as const;
		await outbox.put(tried);
		for (const { id } of spent) await outbox.remove(id);
		return tried;
	}

	async function isTakenBehind(queued: QueuedCommand, answer: unknown): Promise<boolean> {
		if (!queued.since) return true;
		// Known at once, kept if the disk takes it: what is done cannot be taken back, however long this takes.
		await outbox.put({ ...queued, tried: true }).catch(() => undefined);
		return takeBehind(queued, answer, outbox.written).then(
			() => true,
			() => false
		);
	}

	/** What was to be done with a conversation that will not be: that it is not made is said once, of it. */
	async function dropFor(creation: QueuedConversation): Promise<void> {
		for (const { id } of behind(creation)) await outbox.remove(id);
	}

	for (let queued = next(); queued; queued = next()) {
		if (isNewConversation(queued) && (!queued.tried || isMadeAgain(queued.command))) {
			const tried: QueuedConversation | undefined = await tryFirst(queued).catch(() => undefined);
			// Without the note it could be taken back later, though it had been made.
			if (!tried) {
				hold(queued);
				outbox.retrySoon();
				continue;
			}
			queued = tried;
		}
		const answer = await api.command(queued.id, askOf(queued.command), queued.joined);
		const isUnknown = !answer.ok && answer.code === 'no_such_conversation';
		// It may be one that the server has forgotten: that is known a moment later.
		if (isUnknown && mustWait(queued.command, true)) {
			putOff();
			hold(queued);
		} else if (answer.ok || isSoAlready(queued.command, answer)) {
			// Where that cannot be kept, the server is asked again, and says where the conversation goes on then.
			if (answer.ok && !(await isTakenBehind(queued, answer.value))) {
				outbox.retrySoon();
				hold(queued);
				continue;
			}
			if (queued.command.type === 'leave-group')
				await outbox.local.put('acks', leftKey(queued.command.conversation), outbox.serverNow());
			// Before it is gone from here: the documents tell of it a moment later.
			outbox.onDone(queued);
			await outbox.remove(queued.id);
			outbox.succeeded();
		} else if (isPermanent(answer)) {
			// The device's own wish: it comes up again with the next start.
			if (isMadeAgain(queued.command)) {
				await outbox.remove(queued.id);
				continue;
			}
			const { code, message, field } = answer;
			const refusal = field === undefined ? { code, message } : { code, message, field };
			await outbox.put({ ...queued, refusal });
			if (isNewConversation(queued)) await dropFor(queued);
		} else {
			// After a login, or when there is a network again, it is flushed at once.
			if (answer.status === 401) return;
			if (answer.retryAfterS !== undefined) await rest(queued, answer.retryAfterS);
			else putOff();
			if (answer.status === 0) return;
			hold(queued);
		}
	}
}
