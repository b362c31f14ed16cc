/** Long histories, written by a device that was offline all the while, so that they have times of their own. */
import type { EntryId } from '../../src/lib/domain/entry';
import type { Person } from './people';

export interface HistoryOptions {
	readonly conversation: string;
	readonly messages: number;
	/** Of the last message; an hour ago if left out. */
	readonly endMs?: number;
	/** Between two messages. */
	readonly stepMs?: number;
	/** What the message of this place says, from 0. */
	readonly say?: (at: number) => string;
}

const HOUR_MS = 3_600_000;

/** Returns the ids of the messages, oldest first, once the relay has all of them. */
export async function writeHistory(author: Person, options: HistoryOptions): Promise<EntryId[]> {
	const { conversation, messages, endMs = Date.now() - HOUR_MS, stepMs = 60_000, say = line } = options;
	let now: number | undefined;
	const writer = await author.headless({ now: () => now ?? Date.now() });
	const sync = await writer.conversation(conversation);
	writer.goOffline();
	// Told the time, its clock would go on from there: it is set back, so that each message has its own.
	now = endMs - messages * stepMs;
	writer.device.clock.refused({ relayMs: now, newest: { ms: 0, counter: 0 } });
	const ids = Array.from({ length: messages }, (_, at) => {
		now = endMs - (messages - 1 - at) * stepMs;
		return sync.send({ text: say(at) });
	});
	now = undefined;
	await writer.goOnline();
	await writer.close();
	return ids;
}

/** A line that is like no other, and of its own length. */
export const line = (at: number): string => `line ${at}${' of wool'.repeat((at * 7) % 23)}`;
