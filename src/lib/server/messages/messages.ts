/**
 * Messages over REST: the same logs that devices sync, written and folded here. Sending resolves once the message is
 * on disk, so an answer means what `sent` means on a screen.
 */
import { equalFlat } from 'lib0/array';
import { noSuchMessage, type PageRequest } from './messagePage';
import type { KnownMessage } from './moderation';
import { readPage } from './segmentPages';
import { standingMessage } from './standingMessage';
import type { Conversation } from '../conversations/conversationStore';
import { idReused, Problem } from '../http/problem';
import { CallTurns } from '../limits/callTurns';
import type { RelayPort } from '../relayPort';
import type { SegmentKeeper } from '../segments/segmentKeeper';
import type { SegmentStore } from '../segments/segmentStore';
import { decodeMessageBody, encodeMessageBody } from '../../domain/bodies';
import { formatEntryId, KIND, parseEntryId, type Entry, type EntryId } from '../../domain/entry';
import type { TimelineMessage } from '../../domain/timeline';
import type { ConversationId, UserId } from '../../domain/ids';
import type { MessageAnswer, MessagesAnswer } from '../../protocol/rest';
import { segmentRoom } from '../../protocol/rooms';

export interface NewMessage {
	readonly text: string;
	readonly replyTo?: EntryId;
	/** Sent twice with the same key, a message appears once in the conversation. */
	readonly key?: string;
}

export interface MessagesParts {
	readonly relay: RelayPort;
	readonly segments: SegmentStore;
	readonly keeper: SegmentKeeper;
}

export class Messages {
	readonly #parts: MessagesParts;
	/** A page may be megabytes: of one account one at a time, and others' requests between them. */
	readonly #pages = new CallTurns({ most: Infinity, mostOfOne: 1 });

	constructor(parts: MessagesParts) {
		this.#parts = parts;
	}

	/**
	 * What the author sent before under the message's key; undefined if nothing. It is the answer whatever has become of
	 * the conversation since: to be asked before anything else is. Throws a Problem if the key was used for another
	 * message, or that message is gone.
	 */
	async sentBefore(
		author: UserId,
		id: ConversationId,
		{ text, replyTo, key }: NewMessage
	): Promise<MessageAnswer | undefined> {
		if (key === undefined) return undefined;
		const first = await this.#parts.relay.writtenUnder(segmentRoom(id, 0), author, key);
		if (first === undefined) return undefined;
		return this.#standing(id, first, encodeMessageBody({ text, replyTo }));
	}

	/** Throws a Problem if it replies to what is not there, or its key was used for another message. */
	async send(
		author: UserId,
		conversation: Conversation,
		{ text, replyTo, key }: NewMessage
	): Promise<MessageAnswer> {
		const { relay } = this.#parts;
		const { id, live } = conversation;
		const segment = await this.#openSegment(id, live);
		const first = firstSegment(conversation, author);
		if (replyTo !== undefined) await this.#refuseMissing(id, { first, live: segment }, replyTo);
		const entry = { kind: KIND.message, body: encodeMessageBody({ text, replyTo }) };
		const options = key === undefined ? {} : { key };
		const [written] = await relay.append(segmentRoom(id, segment), author, [entry], options);
		if (written?.stamp)
			return messageAnswerOf(id, { id: written.id, author, text, replyTo, stamp: written.stamp });
		// Of two at once under one key, one is written.
		if (written) return this.#standing(id, written.id, entry.body);
		throw new Error('the relay wrote nothing');
	}

	/** A page, oldest first. Throws a Problem if `before` names no message of this conversation that the reader may read. */
	read(reader: UserId, conversation: Conversation, request: PageRequest): Promise<MessagesAnswer> {
		return this.#pages.run(reader, async () => {
			await nextTurn();
			return this.#read(reader, conversation, request);
		});
	}

	async #read(reader: UserId, conversation: Conversation, request: PageRequest): Promise<MessagesAnswer> {
		const { relay, segments, keeper } = this.#parts;
		const { id, live } = conversation;
		const first = firstSegment(conversation, reader);
		// What was written before is in the spans then.
		await keeper.settled();
		const spans = new Map([...segments.spans(id)].filter(([n]) => n >= first));
		const newest = Math.max(live, ...spans.keys());
		const page = await readPage(relay, { id, first, live: newest, spans }, request, nextTurn);
		if (!page) throw noSuchMessage('before', 'There is no such message in this conversation.');
		return { messages: page.messages.map((message) => messageAnswerOf(id, message)), before: page.before };
	}

	/**
	 * Whose message it is, whatever became of it: by its header alone. Throws a Problem if there never was one, or it is
	 * somebody else's from before the history of who asks.
	 */
	async known(asker: UserId, conversation: Conversation, id: EntryId): Promise<KnownMessage> {
		const segment = parseEntryId(id)?.segment ?? Infinity;
		// SQL may not say yet that the live one is full.
		const isReachable = segment <= conversation.live + 1;
		const entry = isReachable ? await this.#entry(conversation.id, id) : undefined;
		const isTold = segment >= firstSegment(conversation, asker) || entry?.author === asker;
		if (entry?.kind !== KIND.message || !isTold)
			throw new Problem(404, 'no_such_message', 'There is no such message in this conversation.');
		return { id, author: entry.author };
	}

	/** It was deleted or cancelled. Reads all of its segment. */
	async isGone(conversation: ConversationId, { id, author }: KnownMessage): Promise<boolean> {
		const ref = parseEntryId(id);
		if (!ref) return true;
		const entries = await this.#parts.relay.entries(segmentRoom(conversation, ref.segment));
		return standingMessage({ ...ref, author }, entries) === undefined;
	}

	/** A message that was sent before, to be the answer to one of the same body. Sending again what is gone is refused. */
	async #standing(conversation: ConversationId, id: EntryId, body: Uint8Array): Promise<MessageAnswer> {
		const before = await this.#entry(conversation, id);
		const sent = before && messageOf(conversation, before);
		if (!before?.body || !sent)
			throw new Problem(
				409,
				'message_gone',
				'The message that was sent with this key has been deleted.',
				'key'
			);
		if (!equalFlat(before.body, body)) throw idReused();
		return sent;
	}

	/** The segment that a new message goes to: SQL may not say yet that the live one is full. */
	async #openSegment(id: ConversationId, live: number): Promise<number> {
		let segment = live;
		while ((await this.#parts.relay.segment(segmentRoom(id, segment))).isFull) segment += 1;
		return segment;
	}

	async #refuseMissing(
		conversation: ConversationId,
		{ first, live }: { readonly first: number; readonly live: number },
		id: EntryId
	): Promise<void> {
		const segment = parseEntryId(id)?.segment ?? live + 1;
		if (segment >= first && segment <= live && (await this.#find(conversation, id))) return;
		throw noSuchMessage('replyTo', 'The message that this replies to is not in this conversation.');
	}

	/** One message by its id, without folding the others; undefined if there is none or it is erased. */
	async #find(conversation: ConversationId, id: EntryId): Promise<MessageAnswer | undefined> {
		const entry = await this.#entry(conversation, id);
		return entry && messageOf(conversation, entry);
	}

	#entry(conversation: ConversationId, id: EntryId): Promise<Entry | undefined> {
		const room = segmentRoom(conversation, parseEntryId(id)?.segment ?? 0);
		return this.#parts.relay.entry(room, id);
	}
}

/** Undefined if it is no message, or erased. */
function messageOf(conversation: ConversationId, entry: Entry): MessageAnswer | undefined {
	if (entry.kind !== KIND.message) return undefined;
	const body = entry.body && decodeMessageBody(entry.body);
	return body && messageAnswerOf(conversation, { ...entry, ...body, id: formatEntryId(entry) });
}

/** The first segment that a member may read. */
const firstSegment = ({ members }: Conversation, user: UserId): number =>
	members.find(({ id }) => id === user)?.firstSegment ?? 0;

/** A message as the API tells of it. */
export function messageAnswerOf(
	conversationId: ConversationId,
	{ id, author, text, stamp, replyTo }: Pick<TimelineMessage, 'id' | 'author' | 'text' | 'stamp' | 'replyTo'>
): MessageAnswer {
	return { id, conversationId, author, text, at: stamp.ms, replyTo };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
