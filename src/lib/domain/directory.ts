/**
 * What a user's directory document says: facts that the server alone writes.
 * Keys: `self` → {username, displayName}, `conversation/<id>` → {kind, peer?}; null once the user is no longer in it.
 */
import { field, type ConversationKind } from './info';
import type { AnyValue } from './boundedAny';
import type { ConversationId, UserId } from './ids';
import type { Facts } from './facts';
import type { Person } from './people';

export interface DirectoryConversation {
	readonly id: ConversationId;
	readonly kind: ConversationKind;
	/** The other user of a direct conversation. */
	readonly peer?: Person;
}

export interface Directory {
	readonly self?: Omit<Person, 'id'>;
	readonly conversations: ReadonlyMap<ConversationId, DirectoryConversation>;
}

export function directoryFacts(directory: Directory): Map<string, AnyValue> {
	const facts = new Map<string, AnyValue>();
	if (directory.self)
		facts.set('self', { username: directory.self.username, displayName: directory.self.displayName });
	for (const { id, kind, peer } of directory.conversations.values()) {
		facts.set(`conversation/${id}`, peer ? { kind, ...peerFields(peer) } : { kind });
	}
	return facts;
}

const peerFields = (peer: Person) => ({
	peer: peer.id,
	username: peer.username,
	displayName: peer.displayName
});

export function readDirectory(facts: Facts): Directory {
	const conversations = new Map<ConversationId, DirectoryConversation>();
	let self: Directory['self'];
	for (const [key, { value }] of facts) {
		if (key === 'self') {
			const username = field(value, 'username');
			if (username !== undefined) self = { username, displayName: field(value, 'displayName') || username };
		} else if (key.startsWith('conversation/')) {
			const id = key.slice('conversation/'.length);
			const kind = field(value, 'kind');
			if (kind === 'group') conversations.set(id, { id, kind });
			else if (kind === 'direct') conversations.set(id, { id, kind, peer: readPeer(value) });
		}
	}
	return { self, conversations };
}

/** Conversations that the user was in and is no longer. */
export function readLeft(facts: Facts): Set<ConversationId> {
	const left = new Set<ConversationId>();
	for (const [key, { value }] of facts)
		if (key.startsWith('conversation/') && value === null) left.add(key.slice('conversation/'.length));
	return left;
}

function readPeer(value: AnyValue): Person | undefined {
	const id: UserId | undefined = field(value, 'peer');
	const username = field(value, 'username');
	if (id === undefined || username === undefined) return undefined;
	return { id, username, displayName: field(value, 'displayName') || username };
}
