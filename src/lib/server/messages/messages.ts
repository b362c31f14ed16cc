/**
 * Messages over REST: the same logs that devices sync, written and folded here. Sending resolves once the message is
 * on disk, so an answer means what `sent` means on a screen.
 */
import { pageBefore, type PageRequest } from './messagePage';
import type { Conversation } from '../conversations/conversationStore';
import { Problem } from '../http/problem';
import type { RelayPort } from '../relayPort';
import { decodeMessageBody, encodeMessageBody } from '../../domain/bodies';
import { formatEntryId, KIND, parseEntryId, type Entry, type EntryId } from '../../domain/entry';
import { foldTimeline, type TimelineMessage } from '../../domain/timeline';
import type { ConversationId, UserId } from '../../domain/ids';
import type { MessageAnswer, MessagesAnswer } from '../../protocol/rest';
import { segmentRoom } from '../../protocol/rooms';

export interface NewMessage {
	readonly text: string;
	readonly replyTo?: EntryId;
	/** Sent twice with the same key, a message appears once. */
	readonly key?: string;
}

export class Messages {
	readonly #relay: RelayPort;

	constructor(relay: RelayPort) {
		this.#relay = relay;
	}

	/** Throws a Problem if it replies to what is not there. */
	async send(
		author: UserId,
		{ id, live }: Conversation,
		{ text, replyTo, key }: NewMessage
	): Promise<MessageAnswer> {
		if (replyTo !== undefined) await this.#refuseMissing(id, live, replyTo);
		const room = segmentRoom(id, live);
		const entry = { kind: KIND.message, body: encodeMessageBody({ text, replyTo }) };
		const [written] = await this.#relay.append(room, author, [entry], key === undefined ? {} : { key });
		const sent = written === undefined ? undefined : await this.#find(id, written);
		// With a key used before, that first message is the answer; if it is gone by now, sending it again is refused.
		if (!sent)
			throw new Problem(
				409,
				'message_gone',
				'The message that was sent with this key has been deleted.',
				'key'
			);
		return sent;
	}

	/** A page, oldest first. Throws a Problem if `before` names no message of this conversation. */
	async read({ id, live }: Conversation, request: PageRequest): Promise<MessagesAnswer> {
		const segments = Array.from({ length: live + 1 }, (_, n) => this.#relay.entries(segmentRoom(id, n)));
		const { page, before } = pageBefore(foldMessages((await Promise.all(segments)).flat()), request);
		return { messages: page.map((message) => answerOf(id, message)), before };
	}

	async #refuseMissing(conversation: ConversationId, live: number, id: EntryId): Promise<void> {
		const segment = parseEntryId(id)?.segment ?? live + 1;
		if (segment <= live && (await this.#find(conversation, id))) return;
		throw new Problem(
			400,
			'no_such_message',
			'The message that this replies to is not in this conversation.',
			'replyTo'
		);
	}

	/** One message by its id, without folding the others; undefined if there is none or it is erased. */
	async #find(conversation: ConversationId, id: EntryId): Promise<MessageAnswer | undefined> {
		const entries = await this.#relay.entries(segmentRoom(conversation, parseEntryId(id)?.segment ?? 0));
		const entry = entries.find(
			(candidate) => candidate.kind === KIND.message && formatEntryId(candidate) === id
		);
		const body = entry?.body && decodeMessageBody(entry.body);
		return entry && body && answerOf(conversation, { ...entry, ...body, id });
	}
}

function foldMessages(entries: Iterable<Entry>): TimelineMessage[] {
	return foldTimeline(entries).filter((item) => item.type === 'message');
}

function answerOf(
	conversationId: ConversationId,
	{ id, author, text, stamp, replyTo }: Pick<TimelineMessage, 'id' | 'author' | 'text' | 'stamp' | 'replyTo'>
): MessageAnswer {
	return { id, conversationId, author, text, at: stamp.ms, replyTo };
}
