/** What the documents that the server writes have to say, read from SQL. */
import type { ConversationStore } from '../conversations/conversationStore';
import type { BlockStore } from '../accounts/blockStore';
import type { JoinRequestStore } from '../conversations/joinRequestStore';
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
	readonly #requests: JoinRequestStore;
	readonly #blocks: BlockStore;
	readonly #segments: SegmentStore;

	constructor(from: {
		users: UserStore;
		conversations: ConversationStore;
		requests: JoinRequestStore;
		blocks: BlockStore;
		segments: SegmentStore;
	}) {
		this.#users = from.users;
		this.#conversations = from.conversations;
		this.#requests = from.requests;
		this.#blocks = from.blocks;
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
		const { members, picture, createdAt, ...said } = conversation;
		const former = this.#conversations.members.formerOf(id);
		const info = {
			...said,
			picture: picture ?? undefined,
			members: new Map(members.map((member) => [member.id, member.role])),
			firstSegments: new Map(members.map((member) => [member.id, member.firstSegment])),
			// Who was there from the beginning may be written to before the server hears of the conversation.
			joined: new Map(
				members.flatMap(({ id, joinedAt }) => (joinedAt > createdAt ? [[id, joinedAt] as const] : []))
			),
			people: new Map(
				[...former.map(({ person }) => person), ...members].map((person) => [person.id, person])
			),
			gone: new Map(former.map(({ person, gone }) => [person.id, gone])),
			asking: new Map(this.#requests.of(id).map((person) => [person.id, person]))
		};
		return new Map([...infoFacts(info), ...segmentFacts(this.#segments.spans(id))]);
	}

	#directory(id: UserId): Map<string, AnyValue> | undefined {
		// All that it says is taken back.
		if (this.#users.isDeleted(id)) return new Map();
		const self = this.#users.person(id);
		if (!self) return undefined;
		const conversations = this.#conversations.ofMember(id).map((conversation) => {
			const [one, other] = directPeers(conversation.id) ?? [];
			const peerId = one === id ? other : one;
			const peer = peerId === undefined ? undefined : this.#users.personOrGone(peerId);
			return [conversation.id, { id: conversation.id, kind: conversation.kind, peer }] as const;
		});
		const asked = new Map(this.#requests.ofUser(id).map((group) => [group.id, group]));
		const blocked = new Map(this.#blocks.of(id).map((person) => [person.id, person]));
		return directoryFacts({ self, conversations: new Map(conversations), asked, blocked });
	}
}
