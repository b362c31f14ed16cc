/**
 * Asks the server to make a conversation again that it has forgotten: a direct one is asked for by either of its two, a
 * group by those who own it as far as this device was told last, and who have not left it here nor want to. It is loaded
 * when there is such a conversation.
 */
import { CLOSE } from '../protocol/closeCodes';
import { directPeers, type UserId } from '../domain/ids';
import { isNewConversation, leftKey } from './newConversations';
import { SEGMENTS_AGAIN_MAX } from '../domain/madeAgain';
import type { ConversationSync } from './conversationSync';
import type { CreateConversation } from './commands/conversationCommands';
import type { Info } from '../domain/info';
import type { LocalStore } from './ports';
import type { Outbox } from './outbox';
import type { Summaries } from './summaries';

export interface MakeAgainOptions {
	readonly self: UserId;
	readonly local: LocalStore;
	readonly outbox: Pick<Outbox, 'commands' | 'add' | 'dismiss' | 'flush'>;
	readonly summaries: Pick<Summaries, 'get' | 'set'>;
}

type Forgotten = Pick<ConversationSync, 'id' | 'told' | 'live' | 'isForgotten' | 'refusal'>;

/** Call once the relay has answered for it. Rejects if the disk does not take the command. */
export async function makeAgain(sync: Forgotten, options: MakeAgainOptions): Promise<void> {
	const { self, local, outbox, summaries } = options;
	const { id, told } = sync;
	const summary = summaries.get(id);
	// The server knows it, and this user is not in it.
	const noteLeft = () => summary && summaries.set(id, { ...summary, left: true });
	if (sync.refusal?.code === CLOSE.forbidden) noteLeft();
	if (!sync.isForgotten || !told) return;
	const waiting = outbox.commands.filter(({ refusal }) => !refusal).map(({ command }) => command);
	if (await hasLeft(told)) return;
	if (!mayMake(told, self)) return;
	const created = outbox.commands
		.filter(isNewConversation)
		.filter(({ command }) => command.request.id === id);
	if (created.some(({ refusal }) => !refusal)) return;
	for (const refused of created) await outbox.dismiss(refused.id, { keep: false });
	const removed = waiting.flatMap((command) =>
		command.type === 'remove-member' && command.conversation === id ? [command.person.id] : []
	);
	await outbox.add({ type: 'create-conversation', ...creation(sync, without(told, removed), self) });

	/** They are never the one who makes it again. */
	async function hasLeft({ members, joined }: Info): Promise<boolean> {
		const leftAt = (await local.get<number>('acks', leftKey(id))) ?? -Infinity;
		const isOver = leftAt >= (joined.get(self) ?? 0);
		if (isOver) {
			noteLeft();
			return true;
		}
		if (!waiting.some((command) => command.type === 'leave-group' && command.conversation === id))
			return false;
		// Nobody else makes it again for them to leave.
		if (![...members].some(([user, role]) => user !== self && role === 'owner')) {
			noteLeft();
			void outbox.flush();
		}
		return true;
	}
}

/**
 * Asks for a direct one to go on where this device is, which begins behind what somebody has begun anew: the relay refuses
 * it so far on. True while that is so.
 */
export async function askToGoOn(
	sync: Pick<ConversationSync, 'id' | 'told' | 'live' | 'isAhead'>,
	{ self, outbox }: Pick<MakeAgainOptions, 'self'> & { readonly outbox: Pick<Outbox, 'commands' | 'add'> }
): Promise<boolean> {
	const { id, told, live } = sync;
	if (told?.kind !== 'direct' || live <= told.live || !sync.isAhead) return false;
	const isAsked = outbox.commands.some(
		(queued) => isNewConversation(queued) && queued.command.request.id === id
	);
	if (!isAsked) await outbox.add({ type: 'create-conversation', ...creation(sync, told, self) });
	return true;
}

/** Whom this device is about to remove is not to read on until then. */
function without(told: Info, removed: readonly UserId[]): Info {
	const members = new Map(told.members);
	for (const user of removed) members.delete(user);
	return { ...told, members };
}

const mayMake = ({ kind, members, firstSegments }: Info, self: UserId): boolean =>
	kind === 'direct' ||
	(members.get(self) === 'owner' && (firstSegments.get(self) ?? 0) <= SEGMENTS_AGAIN_MAX);

function creation(
	{ id, live }: Pick<Forgotten, 'id' | 'live'>,
	told: Info,
	self: UserId
): CreateConversation {
	const { kind, name, description, history, joining, members } = told;
	const others = (directPeers(id) ?? [...members.keys()]).filter((user) => user !== self);
	const people = others.flatMap((user) => told.people.get(user) ?? []);
	const stood = { live: Math.min(live, SEGMENTS_AGAIN_MAX) };
	if (kind === 'direct') return { request: { id, kind, members: others, stood }, people };
	// From an earlier segment they would read what was never for them: where that cannot be said, they are let in by hand.
	const canBeSaid = (user: UserId) => (told.firstSegments.get(user) ?? 0) <= stood.live;
	const places = [...members.keys()].filter(canBeSaid).map((user) => placeOf(user, told));
	return {
		request: { id, kind, name, members: [], stood: { ...stood, description, history, joining, places } },
		people
	};
}

/** What goes without saying is left out: a large group is to fit into a request. */
function placeOf(user: UserId, { members, firstSegments, joined }: Info) {
	const role = members.get(user);
	const from = firstSegments.get(user) ?? 0;
	const at = joined.get(user);
	return {
		user,
		...(role === 'member' ? {} : { role }),
		...(from > 0 ? { from } : {}),
		...(at === undefined ? {} : { joined: at })
	};
}
