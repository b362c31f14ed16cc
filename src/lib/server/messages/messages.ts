/**
 * Messages over REST: the same logs that devices sync, written and folded here. Sending resolves once the message is
 * on disk, so an answer means what `sent` means on a screen.
 */
import { messageAnswer } from './messageAnswer';
import { pageBefore, type PageRequest } from './messagePage';
import type { Conversation } from '../conversations/conversationStore';
import { Problem } from '../http/problem';
import type { RelayPort } from '../relayPort';
import { encodeMessageBody } from '../../domain/bodies';
import { KIND, parseEntryId, type Entry, type EntryId } from '../../domain/entry';
import { foldTimeline, type TimelineMessage } from '../../domain/timeline';
import type { UserId } from '../../domain/ids';
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
		{ id: conversation, live }: Conversation,
		message: NewMessage
	): Promise<MessageAnswer> {
		const { text, replyTo, key } = message;
		if (replyTo !== undefined) await this.#refuseMissing(conversation, live, replyTo);
		const room = segmentRoom(conversation, live);
		const entry = { kind: KIND.message, body: encodeMessageBody({ text, replyTo }) };
		const [id] = await this.#relay.append(room, author, [entry], key === undefined ? {} : { key });
		const sent = foldMessages(await this.#relay.entries(room)).find((candidate) => candidate.id === id);
		// With a key used before, that first message is the answer; if it is gone by now, sending it again is refused.
		if (!sent)
			throw new Problem(
				409,
				'message_gone',
				'The message that was sent with this key has been deleted.',
				'key'
			);
		return messageAnswer(conversation, sent);
	}

	/** A page, oldest first. Throws a Problem if `before` names no message of this conversation. */
	async read({ id, live }: Conversation, request: PageRequest): Promise<MessagesAnswer> {
		const segments = Array.from({ length: live + 1 }, (_, n) => this.#relay.entries(segmentRoom(id, n)));
		const { page, before } = pageBefore(foldMessages((await Promise.all(segments)).flat()), request);
		return { messages: page.map((message) => messageAnswer(id, message)), before };
	}

	async #refuseMissing(conversation: string, live: number, id: EntryId): Promise<void> {
		const segment = parseEntryId(id)?.segment ?? live + 1;
		const entries = segment <= live ? await this.#relay.entries(segmentRoom(conversation, segment)) : [];
		if (foldMessages(entries).some((message) => message.id === id)) return;
		throw new Problem(
			400,
			'no_such_message',
			'The message that this replies to is not in this conversation.',
			'replyTo'
		);
	}
}

const foldMessages = (entries: Iterable<Entry>): TimelineMessage[] =>
	foldTimeline(entries).filter((item) => item.type === 'message');
