/**
 * What a user's directory document says: facts that the server alone writes.
 * Keys: `self` → a person's fields, `conversation/<id>` → {kind}, for a direct one with `peer` and the peer's fields;
 * null once the user is no longer in it;
 * `asked/<id>` → {name} of a group that the user asks to join, with `declined` once they were not let in;
 * `block/<userId>` → the fields of somebody whom the user has blocked.
 */
import { personFields, readPerson, type Person } from './people';
import { textField, trueField, type Facts } from './facts';
import type { AnyValue } from './boundedAny';
import type { ConversationId, UserId } from './ids';
import type { ConversationKind } from './info';

export interface DirectoryConversation {
	readonly id: ConversationId;
	readonly kind: ConversationKind;
	/** The other user of a direct conversation. */
	readonly peer?: Person;
}

/** A group that the user asks to join, or was not let into. */
export interface AskedGroup {
	/** Empty if it has none. */
	readonly name: string;
	readonly declined: boolean;
}

export interface Directory {
	readonly self?: Omit<Person, 'id'>;
	readonly conversations: ReadonlyMap<ConversationId, DirectoryConversation>;
	readonly asked: ReadonlyMap<ConversationId, AskedGroup>;
	/** Whom the user has blocked. */
	readonly blocked: ReadonlyMap<UserId, Person>;
}

export function directoryFacts(
	directory: Omit<Directory, 'asked' | 'blocked'> & Partial<Directory>
): Map<string, AnyValue> {
	const facts = new Map<string, AnyValue>();
	if (directory.self) facts.set('self', personFields(directory.self));
	for (const { id, kind, peer } of directory.conversations.values()) {
		facts.set(`conversation/${id}`, peer ? { kind, peer: peer.id, ...personFields(peer) } : { kind });
	}
	for (const [id, { name, declined }] of directory.asked ?? [])
		facts.set(`asked/${id}`, declined ? { name, declined } : { name });
	for (const [id, person] of directory.blocked ?? []) facts.set(`block/${id}`, personFields(person));
	return facts;
}

export function readDirectory(facts: Facts): Directory {
	const conversations = new Map<ConversationId, DirectoryConversation>();
	const asked = new Map<ConversationId, AskedGroup>();
	const blocked = new Map<UserId, Person>();
	let self: Directory['self'];
	for (const [key, { value }] of facts) {
		if (key === 'self') {
			self = readPerson(value) ?? self;
		} else if (key.startsWith('conversation/')) {
			const id = key.slice('conversation/'.length);
			const kind = textField(value, 'kind');
			if (kind === 'group') conversations.set(id, { id, kind });
			else if (kind === 'direct') conversations.set(id, { id, kind, peer: readPeer(value) });
		} else if (key.startsWith('asked/')) {
			const name = textField(value, 'name');
			const declined = trueField(value, 'declined');
			if (name !== undefined) asked.set(key.slice('asked/'.length), { name, declined });
		} else if (key.startsWith('block/')) {
			const id = key.slice('block/'.length);
			const person = readPerson(value);
			if (person) blocked.set(id, { id, ...person });
		}
	}
	return { self, conversations, asked, blocked };
}

/** Conversations that the user was in and is no longer. */
export function readLeft(facts: Facts): Set<ConversationId> {
	const left = new Set<ConversationId>();
	for (const [key, { value }] of facts)
		if (key.startsWith('conversation/') && value === null) left.add(key.slice('conversation/'.length));
	return left;
}

function readPeer(value: AnyValue): Person | undefined {
	const id: UserId | undefined = textField(value, 'peer');
	const person = readPerson(value);
	return id === undefined || !person ? undefined : { id, ...person };
}
