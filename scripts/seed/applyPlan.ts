/**
 * Writes a plan into a server's data, through the same rules and the same relay as if people had done it, at the times
 * that the plan says. Done again it adds what is not there yet: everything has a key.
 */
import { CAST } from './cast';
import type { Plan, PlannedMessage } from './plan';
import type { SkeinServer } from '../../src/lib/server/skeinServer';
import { encodeEditBody, encodePinBody, encodeReactionBody } from '../../src/lib/domain/annotationBodies';
import { encodeSetBody } from '../../src/lib/domain/bodies';
import { KIND, parseEntryId, type EntryId } from '../../src/lib/domain/entry';
import type { ConversationId, UserId } from '../../src/lib/domain/ids';
import { readKey, readValue } from '../../src/lib/domain/readState';
import { encodeReceiptBody } from '../../src/lib/domain/receiptBody';
import { joinVectors, type VersionVector } from '../../src/lib/domain/versionVector';
import { homeRoom, segmentRoom } from '../../src/lib/protocol/rooms';

export interface ApplyOptions {
	readonly plan: Plan;
	/** When the plan ends, in milliseconds since 1970. */
	readonly end: number;
	/** What is younger than this stays away. */
	readonly untilMs: number;
	/** The password of everybody. */
	readonly password: string;
	/** How many of the newest messages somebody has not read, by conversation. */
	readonly unread: (username: string, conversation: number) => number;
	/** Sets the server's clock. */
	readonly setNow: (ms: number) => void;
	readonly onMessage?: (done: number, all: number) => void;
}

/** The id of a conversation of the plan: the same each time. */
const groupIdOf = (conversation: number): ConversationId =>
	`0190c0de-5eed-7000-8000-${conversation.toString(16).padStart(12, '0')}` as ConversationId;

const EDIT_AFTER_MS = 20_000;

export async function applyPlan(skein: SkeinServer, options: ApplyOptions): Promise<{ messages: number }> {
	const { plan, end, untilMs, setNow, onMessage } = options;
	const due = plan.messages.filter(({ agoMs }) => agoMs >= untilMs);
	setNow(end - (plan.messages[0]?.agoMs ?? 0) - 60_000);
	const users = await openAccounts(skein, options);
	const conversations = new Map<number, ConversationId>();
	const written = new Map<number, EntryId[]>();
	for (const [done, message] of due.entries()) {
		setNow(end - message.agoMs);
		const known = conversations.get(message.conversation);
		const id = known ?? begin(skein, plan, users, message);
		if (known === undefined) await skein.projector.bringUp();
		conversations.set(message.conversation, id);
		const ids = written.get(message.conversation) ?? [];
		written.set(message.conversation, ids);
		ids[message.n] = await write(skein, { id, users, message, ids }, setNow, end);
		onMessage?.(done + 1, due.length);
	}
	setNow(end - untilMs);
	for (const [conversation, id] of conversations) {
		const members = plan.conversations[conversation]?.members ?? [];
		for (const username of members) {
			const all = written.get(conversation) ?? [];
			const read = all.slice(0, Math.max(0, all.length - options.unread(username, conversation)));
			await noteRead(skein, { id, user: userOf(users, username), read });
		}
	}
	return { messages: due.length };
}

type Users = ReadonlyMap<string, UserId>;

function userOf(users: Users, username: string): UserId {
	const id = users.get(username);
	if (id === undefined) throw new Error(`${username} is not in the cast`);
	return id;
}

async function openAccounts(skein: SkeinServer, { password }: ApplyOptions): Promise<Users> {
	const users = new Map<string, UserId>();
	for (const { username, displayName, about } of CAST) {
		const known = skein.people.idOf(username);
		const id = known ?? (await skein.accounts.register({ username, displayName, password })).id;
		users.set(username, id);
		if (known === undefined && about !== '') skein.profiles.update(id, { about });
	}
	await skein.projector.bringUp();
	return users;
}

function begin(
	skein: SkeinServer,
	plan: Plan,
	users: Users,
	{ conversation }: PlannedMessage
): ConversationId {
	const planned = plan.conversations[conversation];
	const [creator, ...members] = (planned?.members ?? []).map((username) => userOf(users, username));
	if (!planned || creator === undefined) throw new Error(`there is no conversation ${conversation}`);
	const id = planned.kind === 'group' ? groupIdOf(conversation) : undefined;
	const request = { id, kind: planned.kind, members, name: planned.name };
	const made = skein.conversations.create(creator, request);
	if (made.created && planned.description !== '')
		skein.groups.change(creator, made.conversation.id, { description: planned.description });
	return made.conversation.id;
}

interface Writing {
	readonly id: ConversationId;
	readonly users: Users;
	readonly message: PlannedMessage;
	readonly ids: readonly EntryId[];
}

async function write(
	skein: SkeinServer,
	{ id, users, message, ids }: Writing,
	setNow: (ms: number) => void,
	end: number
): Promise<EntryId> {
	const { n, author, text, edited, reactions, pinned, agoMs } = message;
	const by = userOf(users, author);
	const replyTo = message.replyTo === undefined ? undefined : ids[message.replyTo];
	const sent = await skein.messages.send(by, skein.conversations.read(by, id), {
		text,
		replyTo,
		key: `seed:${n}`
	});
	const room = segmentRoom(id, parseEntryId(sent.id)?.segment ?? 0);
	const about = async (user: UserId, what: string, kind: number, body: Uint8Array) =>
		void (await skein.relay.append(room, user, [{ kind, body }], { key: `seed:${n}:${what}` }));
	const target = sent.id;
	if (edited !== undefined) {
		setNow(Math.min(end, end - agoMs + EDIT_AFTER_MS));
		await about(by, 'edit', KIND.edit, encodeEditBody({ target, text: edited, replyTo }));
	}
	for (const { by: username, emoji } of reactions)
		await about(
			userOf(users, username),
			'react',
			KIND.reaction,
			encodeReactionBody({ target, emoji, on: true })
		);
	if (pinned) await about(by, 'pin', KIND.pin, encodePinBody({ target, on: true }));
	return sent.id;
}

/** Says in their home, and to the others, that somebody has read these messages. */
async function noteRead(
	{ relay }: SkeinServer,
	{ id, user, read }: { id: ConversationId; user: UserId; read: readonly EntryId[] }
): Promise<void> {
	const vectors = new Map<number, VersionVector>();
	for (const ref of read.map((entry) => parseEntryId(entry))) {
		if (!ref) continue;
		const vector = new Map([[ref.client, 2 * ref.s + 2]]);
		vectors.set(ref.segment, joinVectors(vectors.get(ref.segment) ?? new Map(), vector));
	}
	if (vectors.size === 0) return;
	const value = readValue({ epoch: 0, through: -1, vectors });
	const key = readKey(id, 'seed');
	await relay.append(homeRoom(user), user, [{ kind: KIND.set, body: encodeSetBody({ key, value }) }], {
		key: `seed:${id}:${read.length}`
	});
	for (const [segment, vector] of vectors)
		await relay.append(
			segmentRoom(id, segment),
			user,
			[{ kind: KIND.receipt, body: encodeReceiptBody({ vector }) }],
			{ key: `seed:read:${segment}:${read.length}` }
		);
}
