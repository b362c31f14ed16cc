/**
 * The relay: brings the documents of devices together, and keeps them on disk. It speaks the y-websocket protocol on
 * `/sync/<room>`, and the same on each channel of a link (`/sync`).
 *
 *   socket → (link) → channel → room: guard → logs → staged ──────┐
 *   channels ← fan-out, sync step 2, acks ← room ← COMMIT ← store ┘
 *
 * Invariants
 * - Nothing that goes out tells of what is not on disk: fan-out, sync step 2 and acks follow COMMIT.
 * - A failed commit is as if it had not been: the room is read again from the store, and everyone is asked again.
 * - Nothing of a member's counts before the guard has read it: a log grows by its own user, at its end, by whole entries.
 * - A refusal closes one channel with a code, and changes nothing for others.
 * - It never refuses by HTTP: the socket is accepted, then closed with the code.
 * Deliberately absent: accounts and membership (the host answers for them), what entries mean, module state.
 */
import { Admission } from './admission';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { Committer, type RoomWriters } from './committer';
import { Compactor } from './compactor';
import { every, nodeTimers } from './timers';
import { Feed } from './feed';
import { Presence } from './presence';
import { MintedClients } from './mintedClients';
import { noMeters } from './meters';
import { Refusals } from './refusals';
import { RELAY_LIMITS } from './limits';
import { Roster } from './roster';
import { Rooms } from './rooms';
import { ServerWriter } from './serverWriter';
import { Sockets } from './upgrade';
import { StoreHealth } from './storeHealth';
import { StoreQuota } from './storeQuota';
import { Turns } from './turns';
import { UserBudgets } from './userBudgets';
import type { Relay, RelayOptions, RelayTiming } from './ports';
import type { ConversationId, UserId } from '../src/lib/domain/ids';
import type { SegmentState } from './segments';

const TIMING: RelayTiming = {
	pingEveryMs: 15_000,
	closeWithinMs: 2_000,
	idleMs: 60_000,
	retryMs: { first: 250, max: 5_000 },
	eraseWithinMs: 3_000,
	supersedeWithinMs: 60_000,
	pokeEveryMs: 50,
	heldPokeEveryMs: 10_000,
	presenceEveryMs: 100,
	sessionsEveryMs: 60_000
};

export function createRelay(options: RelayOptions): Relay {
	const { store, access, now, randomBytes, log, timers = nodeTimers, meters = noMeters } = options;
	const elapsedMs = options.elapsedMs ?? (() => performance.now());
	const timing = { ...TIMING, ...options.timing };
	/** The one object that everything here reads its limits from. */
	const limits = { ...RELAY_LIMITS, ...options.limits };
	const onSegment = (state: SegmentState) => options.onSegment?.(state);
	const onWritten = (room: string) => options.onWritten?.(room);
	const onRetry = () => options.onRetry?.();
	const probe = () => store.probe();
	const health = new StoreHealth({ log, timers, probe, retryMs: timing.retryMs, onRetry });
	const budgets = new UserBudgets(limits, elapsedMs);
	const work = (user: UserId, ms: number) => {
		const owedMs = budgets.worked(user, ms);
		if (owedMs > 0) meters.paused('work');
		return owedMs;
	};
	/** Nothing is put off by it before something is next to be done for the user. */
	const charge = (user: UserId, ms: number) => void budgets.worked(user, ms);
	const compactor = new Compactor({
		store,
		log,
		timers,
		meters,
		eraseWithinMs: timing.eraseWithinMs,
		supersedeWithinMs: timing.supersedeWithinMs,
		retryMs: timing.retryMs.max,
		elapsedMs,
		charge
	});
	const feed = new Feed({
		store,
		access,
		timers,
		log,
		meters,
		pokeEveryMs: timing.pokeEveryMs,
		heldPokeEveryMs: timing.heldPokeEveryMs,
		charge
	});
	const presence = new Presence({
		timers,
		elapsedMs,
		gatherMs: timing.presenceEveryMs,
		charge
	});
	const onCommitted = (writers: RoomWriters, position: number) => feed.committed(writers, position);
	const committer = new Committer({ store, health, log, meters, elapsedMs, pause, onCommitted });
	const minted = new MintedClients();
	const quota = new StoreQuota({ store, limits, elapsedMs });
	const turns = new Turns({ log, timers, elapsedMs, charge: work });
	const rooms = new Rooms({
		store,
		health,
		committer,
		compactor,
		minted,
		now,
		randomBytes,
		log,
		limits,
		quota,
		meters,
		turns,
		charge,
		chargeBytes: (user, bytes) => budgets.wrote(user, bytes),
		budgets,
		timers,
		elapsedMs,
		gatherMs: timing.presenceEveryMs,
		onSegment,
		onWritten,
		onFound: (room) => feed.tell(room)
	});
	const admission = new Admission({ access, rooms, quota, log });
	const refusals = new Refusals({ log, meters, elapsedMs });
	const sockets = new Sockets({
		admission,
		feed,
		presence,
		refusals,
		turns,
		meters,
		budgets,
		limits,
		timing,
		timers,
		elapsedMs,
		log
	});
	const writer = new ServerWriter({ rooms, store, limits, quota, admission });
	const stopEvicting = every(timers, timing.idleMs / 4, () => {
		rooms.evict(now() - timing.idleMs);
		budgets.sweep();
		quota.keep((user) => budgets.isHere(user));
	});
	const dropSession = (sessionId: string): void => {
		admission.revoked();
		sockets.dropSession(sessionId);
		for (const room of rooms.all())
			room.drop((channel) => channel.sessionId === sessionId, CLOSE.logIn, 'the session has ended');
	};
	const dropMember = (conversation: ConversationId, user: UserId): void => {
		admission.revoked();
		feed.dropMember(conversation, user);
		for (const room of rooms.ofConversation(conversation))
			room.drop((channel) => channel.userId === user, CLOSE.forbidden, 'no longer a member', user);
	};
	const roster = new Roster({
		access,
		log,
		sessions: () => sockets.sessions,
		rooms: () => rooms.all(),
		dropSession,
		dropMember
	});
	const stopChecking = every(timers, timing.sessionsEveryMs, () => void roster.checkSessions());
	void compactor.start();
	return {
		handleUpgrade: (request, socket, head) => sockets.handleUpgrade(request, socket, head),
		append: (room, author, entries, { key } = {}) => writer.append(room, author, entries, key),
		writtenUnder: (room, author, key) => writer.writtenUnder(room, author, key),
		erase: (room, erasure, why) => writer.erase(room, erasure, why),
		writtenBy: (user) => store.writtenBy(user),
		bytesOf: (user) => store.shareOf(user),
		project: (room, facts) => writer.project(room, facts),
		entries: (room) => writer.entries(room),
		entry: (room, id) => writer.entry(room, id),
		segment: (room) => writer.segment(room),
		messageVector: (room) => writer.messageVector(room),
		dropSession,
		dropMember,
		limit: (changed) => void Object.assign(limits, changed),
		async checkEveryone() {
			admission.revoked();
			feed.askAgain();
			await roster.checkSessions();
			await roster.checkMembers();
		},
		health: () => health.report,
		stats: () => ({
			rooms: rooms.size,
			users: budgets.size,
			openBytes: budgets.allOpenBytes,
			...sockets.stats
		}),
		async close() {
			stopEvicting();
			stopChecking();
			health.end();
			await committer.idle();
			await sockets.close();
			await committer.idle();
			await compactor.finish();
		}
	};
}

/** By a clock of its own: what is written is committed also while everything else stands still. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
