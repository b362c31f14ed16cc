/** What the documents that the server writes have to say, read from SQL. */
import type { ConversationStore } from '../conversations/conversationStore';
import type { SegmentStore } from '../segments/segmentStore';
import type { UserStore } from '../accounts/userStore';
import type { AnyValue } from '../../domain/boundedAny';
import { directoryFacts } from '../../domain/directory';
import { infoFacts } from '../../domain/info';
import { directPeers, type ConversationId, type UserId } from '../../domain/ids';
import { segmentFacts } from '../../domain/segmentSpans';
import { parseRoom } from '../../protocol/rooms';

export class ProjectedFacts {
	readonly #users: UserStore;
	readonly #conversations: ConversationStore;

	readonly #segments: SegmentStore;

	constructor(from: { users: UserStore; conversations: ConversationStore; segments: SegmentStore }) {
		this.#users = from.users;
		this.#conversations = from.conversations;
		this.#segments = from.segments;
	}

	/** The facts of an info or directory room; undefined if nothing in SQL has such a document. */
	of(roomName: string): Map<string, AnyValue> | undefined {
		const room = parseRoom(roomName);
		if (room?.type === 'info') return this.#info(room.conversation);
		if (room?.type === 'directory') return this.#directory(room.user);
		return undefined;
	}

	#info(id: ConversationId): Map<string, AnyValue> | undefined {
		const conversation = this.#conversations.find(id);
		if (!conversation) return undefined;
		const { kind, name, live, members } = conversation;
		const info = {
			kind,
			name,
			live,
			members: new Map(members.map((member) => [member.id, member.role])),
			people: new Map(members.map((member) => [member.id, member]))
		};
		return new Map([...infoFacts(info), ...segmentFacts(this.#segments.spans(id))]);
	}

	#directory(id: UserId): Map<string, AnyValue> | undefined {
		const self = this.#users.person(id);
		if (!self) return undefined;
		const conversations = this.#conversations.ofMember(id).map((conversation) => {
			const [one, other] = directPeers(conversation.id) ?? [];
			const peerId = one === id ? other : one;
			const peer = peerId === undefined ? undefined : this.#users.person(peerId);
			return [conversation.id, { id: conversation.id, kind: conversation.kind, peer }] as const;
		});
		return directoryFacts({ self, conversations: new Map(conversations) });
	}
}
