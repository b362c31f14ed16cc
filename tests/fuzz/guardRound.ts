/** Frames straight into the guard and the document of a room: many a second, each timed by itself. */
import { randomBytes } from 'node:crypto';
import * as Y from 'yjs';
import { equalFlat } from 'lib0/array';
import { ALICE, BOB, NOW, ROOM } from '../../sync-server/cast.fixture';
import { decodeSyncMessage } from '../../sync-server/syncMessages';
import { docSaying } from '../../sync-server/writing.fixture';
import { judge } from '../../sync-server/guard';
import { MintedClients } from '../../sync-server/mintedClients';
import { entriesBeside, problemsOf } from './soundness';
import { RoomAwareness } from '../../sync-server/awareness';
import { RoomDocument } from '../../sync-server/roomDocument';
import { SlowestFrame } from './slowestFrame';
import { Traffic } from './traffic';
import type { Fresh } from '../../sync-server/verdict';
import type { FuzzResult } from './fuzzResult';
import type { Random } from '../load/seededRandom';
import type { Recording } from './recording';

/** Frames between two looks at the whole document. */
const LOOK_EVERY = 500;

export function guardRound(random: Random, recording: Recording, frames: number): FuzzResult {
	const violations: string[] = [];
	const refusals = new Map<number, number>();
	const alice = docSaying(ALICE, 'one', 'two', 'three');
	const log = {
		info: () => {},
		warn: () => {},
		error: (_: object, message: string) => void violations.push(message)
	};
	const minted = new MintedClients();
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(alice));
	const room = new RoomDocument([Y.encodeStateAsUpdate(alice)], {
		room: ROOM,
		now: () => NOW,
		randomBytes,
		log,
		minted
	});
	const awareness = new RoomAwareness(() => performance.now());
	const source = { userId: BOB };
	const traffic = new Traffic(random, recording);
	const slowest = new SlowestFrame();

	function take(frame: Uint8Array): void {
		const message = decodeSyncMessage(frame);
		if (message?.type === 'awareness') {
			try {
				awareness.receive(source, message.payload, (client) => room.owner(client));
			} catch {
				refusals.set(4400, (refusals.get(4400) ?? 0) + 1);
			}
		}
		if (message?.type !== 'step2' && message?.type !== 'update') return;
		const from = { kind: message.type, caller: BOB, nowMs: NOW, writesSince: 0 };
		const verdict = judge(message.payload, from, room);
		if (verdict.type === 'refuse') refusals.set(verdict.code, (refusals.get(verdict.code) ?? 0) + 1);
		if (verdict.type === 'pass' && verdict.fresh) keep(verdict.fresh);
	}

	/** In the room, and in a document of Yjs, which must come to the same. */
	function keep(fresh: Fresh): void {
		room.apply(fresh, BOB);
		Y.applyUpdate(doc, fresh.bytes);
	}

	for (let i = 1; i <= frames; i++) {
		const frame = traffic.next([{ client: alice.clientID, clock: room.state(alice.clientID) }]);
		const startedAt = process.cpuUsage();
		try {
			take(frame);
		} catch (error) {
			violations.push(`${String(error)} from the frame ${Buffer.from(frame).toString('hex')}`);
		}
		const { user, system } = process.cpuUsage(startedAt);
		const kind = decodeSyncMessage(frame)?.type ?? 'none';
		slowest.hear({ kind, bytes: frame.length, seconds: (user + system) / 1e6 });
		if (i % LOOK_EVERY === 0 || i === frames) {
			violations.push(...problemsOf(doc, alice, ALICE, [ALICE, BOB]));
			if (!equalFlat(room.encode(), Y.encodeStateAsUpdate(doc)))
				violations.push('the room holds something else than Yjs makes of the same updates');
		}
		if (violations.length > 0) break;
	}
	const taken = entriesBeside(doc, alice);
	const slowestFrame = slowest.frame;
	return { frames, taken, refusals, violations, slowestFrame, slowestTurnMs: 0, latencies: [] };
}
