/**
 * The server as devices meet it: the real relay over a disk that outlives it, with the real tables, projections and
 * segment keeper behind it, in memory. Absent: sessions, and of REST all but the making of conversations and the adding of
 * members (`fetchFor`). A Bearer token is a user id here.
 */
import { randomBytes } from 'node:crypto';
import { BlockStore } from '../../src/lib/server/accounts/blockStore';
import { ConversationStore } from '../../src/lib/server/conversations/conversationStore';
import { JoinRequestStore } from '../../src/lib/server/conversations/joinRequestStore';
import { Conversations } from '../../src/lib/server/conversations/conversations';
import { conversationAnswer } from '../../src/lib/server/conversations/conversationAnswer';
import { createLog } from '../../src/lib/server/log';
import { createRelay } from '../../sync-server/relay';
import { Joins } from '../../src/lib/server/conversations/joins';
import { openDatabase } from '../../src/lib/server/database';
import { ProjectedFacts } from '../../src/lib/server/projections/projectedFacts';
import { ProjectionsDue } from '../../src/lib/server/projections/projectionsDue';
import { Projector } from '../../src/lib/server/projections/projector';
import { roomAccess } from '../../src/lib/server/conversations/roomAccess';
import { SegmentKeeper } from '../../src/lib/server/segments/segmentKeeper';
import { SegmentStore } from '../../src/lib/server/segments/segmentStore';
import { startKillableRelay, type KillableRelay, type RelayLife } from './killableRelay.fixture';
import { UserStore } from '../../src/lib/server/accounts/userStore';
import { addMemberSchema, createConversationSchema } from '../../src/lib/protocol/rest';
import { Problem } from '../../src/lib/server/http/problem';
import { SEGMENTS_LOST_MAX, type SegmentLimits } from '../../src/lib/domain/limits';
import type { ConversationId, UserId } from '../../src/lib/domain/ids';
import type { Person } from '../../src/lib/domain/people';
import type { RelayAccess } from '../../sync-server/ports';
import type { RoomStore } from '../../sync-server/roomStore';

export interface HostOptions {
	readonly people: readonly Person[];
	/** All of the people are in each. */
	readonly conversations: readonly ConversationId[];
	readonly limits?: SegmentLimits;
	/** It was put back to an older copy, which knows these conversations alone. */
	readonly restored?: boolean;
}

export interface Host extends KillableRelay {
	/** Settles once all that follows from what the relay has told stands in the documents. */
	settled(): Promise<void>;
	/** What a device of this user calls, with the documents brought up behind each answer. */
	fetchFor(user: UserId): typeof globalThis.fetch;
	/** Removes a member, as a moderator does. */
	putOut(id: ConversationId, user: UserId): Promise<void>;
	/** From now on history begins at joining. */
	beginAtJoining(id: ConversationId): Promise<void>;
	/** Makes them a member again. */
	letIn(id: ConversationId, user: UserId): Promise<void>;
}

/** Rooms leave memory and are rewritten within a run, and devices hear of changes at once. */
const TIMING = { idleMs: 150, eraseWithinMs: 20, supersedeWithinMs: 200, pokeEveryMs: 2 };

export async function startHost({
	people,
	conversations,
	limits,
	restored = false
}: HostOptions): Promise<Host> {
	const log = createLog('silent');
	const db = openDatabase(':memory:');
	const now = () => Date.now();
	const users = new UserStore(db);
	const store = new ConversationStore(db);
	const blocks = new BlockStore(db);
	const due = new ProjectionsDue(db);
	const segments = new SegmentStore(db);
	for (const person of people) users.insert({ ...person, createdAt: now() });
	const [creator, ...others] = people.map(({ id }) => id);
	const ahead = new Map<ConversationId, number>();
	const letRunAhead = (id: ConversationId, segment: number) => void ahead.set(id, segment);
	const made = new Conversations({ db, users, blocks, store, due, letRunAhead, now, randomBytes });
	const requests = new JoinRequestStore(db);
	const joins = new Joins({
		store,
		requests,
		due,
		ranAhead: (id) => ahead.get(id),
		letRunAhead,
		now,
		randomBytes
	});
	for (const id of conversations)
		made.create(
			creator!,
			id.startsWith('d-')
				? { id, kind: 'direct', members: others }
				: { id, kind: 'group', members: others, name: id }
		);
	if (restored) {
		db.prepare("INSERT INTO server_settings (name, value) VALUES ('restored', ?)").run(String(now()));
		for (const { id } of people) due.addDirectory(id);
	}
	const access: RelayAccess = {
		authenticate: async ({ authorization = '' }) => {
			const userId = authorization.replace('Bearer ', '');
			return { userId, sessionId: userId };
		},
		isLoggedIn: async () => true,
		access: async (user, room) => roomAccess(store.members, user, room),
		conversationsOf: async (user) => [...store.members.firstSegments(user).keys()],
		firstSegments: async (user) => store.members.firstSegments(user),
		blockedBy: async () => [],
		writesSince: async (user, conversation) => store.members.reach(conversation, user)?.writesSince ?? 0,
		allowsOrigin: () => true
	};
	let settle = (): Promise<void> => Promise.resolve();

	function live(disk: RoomStore): RelayLife {
		const onSegment: SegmentKeeper['take'] = (state) => keeper.take(state);
		const relay = createRelay({
			store: disk,
			access,
			now,
			randomBytes,
			log,
			limits,
			timing: TIMING,
			onSegment
		});
		const facts = new ProjectedFacts({
			users,
			conversations: store,
			requests,
			blocks,
			segments
		});
		const projector = new Projector({ due, facts, relay, log });
		const keeper = new SegmentKeeper({ db, conversations: store, segments, due, projector, relay, log });
		const brought = projector.bringUp();
		settle = async () => {
			await brought;
			await keeper.settled();
			await projector.bringUp();
		};
		return {
			relay,
			end() {
				keeper.stop();
				projector.stop();
			}
		};
	}

	function add(by: UserId, id: ConversationId, body: unknown): Response {
		const { userId, at } = addMemberSchema.parse(JSON.parse(String(body)));
		const { group } = made.group(by, id);
		// One that comes again under its id is answered with how things stand by now.
		if (!group.members.some((member) => member.id === userId))
			db.transaction(() => joins.join(group, userId, by, at))();
		void settle();
		return Response.json({ conversation: conversationAnswer(made.read(by, id)) }, { status: 201 });
	}

	const fetchFor =
		(user: UserId): typeof globalThis.fetch =>
		async (address, { method = 'GET', body } = {}) => {
			const [, group] = /\/conversations\/([^/]+)\/members$/.exec(String(address)) ?? [];
			if (method === 'POST' && group) return add(user, group, body);
			if (method !== 'POST' || !String(address).endsWith('/api/conversations')) {
				const code = String(address).includes('/conversations/') ? 'no_such_conversation' : 'not_found';
				return Response.json({ error: { code, message: 'Not here.' } }, { status: 404 });
			}
			try {
				const { id } = made.create(
					user,
					createConversationSchema.parse(JSON.parse(String(body)))
				).conversation;
				return Response.json({ conversation: { id } }, { status: 201 });
			} catch (error) {
				if (!(error instanceof Problem)) throw error;
				return Response.json(
					{ error: { code: error.code, message: error.message } },
					{ status: error.status }
				);
			} finally {
				void settle();
			}
		};

	async function putOut(id: ConversationId, user: UserId): Promise<void> {
		store.members.remove(id, user, { removed: true, at: now() });
		due.addInfo(id);
		due.addDirectory(user);
		running.relay?.dropMember(id, user);
		await settle();
	}

	async function beginAtJoining(id: ConversationId): Promise<void> {
		const { name, description, joining } = store.find(id)!;
		store.change(id, { name, description, joining, history: 'joining' });
		due.addInfo(id);
		await settle();
	}

	async function letIn(id: ConversationId, user: UserId): Promise<void> {
		db.transaction(() => joins.join(store.find(id)!, user, user))();
		await settle();
	}

	const running = await startKillableRelay(live);
	if (restored) running.disk.ahead = async (id) => ahead.get(id) ?? SEGMENTS_LOST_MAX;
	await settle();
	return {
		origin: running.origin,
		disk: running.disk,
		kill: running.kill,
		start: running.start,
		get relay() {
			return running.relay;
		},
		settled: () => settle(),
		fetchFor,
		putOut,
		beginAtJoining,
		letIn,
		async dispose() {
			await running.dispose();
			db.close();
		}
	};
}
