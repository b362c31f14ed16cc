/** Frames to the real relay over real sockets, on which honest devices talk meanwhile. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as Y from 'yjs';
import { ALICE, BOB, NOW, ROOM } from '../../sync-server/cast.fixture';
import { Bystander, Talk } from '../../sync-server/attacks/talk.fixture';
import { linkAttacker, socketAttacker } from './attackers';
import { mutateBytes } from './mutate';
import { entriesBeside, problemsOf } from './soundness';
import { socketClassFor } from '../../sync-server/sessionSocket.fixture';
import { startRestartableRelay } from './restartableRelay';
import { stockProvider } from './stockProvider';
import { Traffic } from './traffic';
import { textsOf } from '../../sync-server/writing.fixture';
import { whenGivenUp } from './whenGivenUp';
import type { FuzzResult } from './fuzzResult';
import type { Victim } from './mutateStructs';
import type { HandledFrame } from '../../sync-server/meters';
import type { Random } from '../load/seededRandom';
import type { Recording } from './recording';

export type Way = 'socket' | 'link';

const ATTACKERS = 8;
/** The rooms that are attacked, most of all the one in which the bystanders talk. */
const attacked = (room: string) => [...times(ATTACKERS - 2, () => room), `home/${BOB}`, `home/${ALICE}`];
/** Frames of one attempt: mostly one, so that each is read. */
const BURSTS = [1, 1, 1, 1, 2, 5];
const PATIENCE_MS = 30_000;

/** What is asked of a relay that is attacked. */
export interface AttackedRelay {
	readonly url: string;
	/** Closings of channels and links by their code. */
	readonly closings: ReadonlyMap<number, number>;
	/** Errors in its log, in order: a relay under attack has none. */
	readonly errors: readonly string[];
	/** By its own meters, of all that it has handled. */
	readonly slowestFrame: HandledFrame | undefined;
	/** There is none if it is to go on behind the round. */
	readonly restart?: () => Promise<void>;
}

interface RoundOptions {
	readonly way: Way;
	readonly random: Random;
	readonly recording: Recording;
	readonly frames: number;
}

/** A round on a relay of its own. */
export async function relayRound(options: RoundOptions): Promise<FuzzResult> {
	const relay = await startRestartableRelay(() => NOW);
	try {
		const result = await roundOn(relay, ROOM, options);
		const isRead = (await relay.store.asides(ROOM)).length === 0;
		return isRead
			? result
			: { ...result, violations: [...result.violations, 'something in the store could not be read'] };
	} finally {
		await relay.dispose();
	}
}

/** A round on a relay, most of it on one of its rooms, which is new. */
export async function roundOn(
	relay: AttackedRelay,
	room: string,
	options: RoundOptions
): Promise<FuzzResult> {
	const errorsBefore = relay.errors.length;
	const violations: string[] = [];
	const ends: (() => void)[] = [];
	let taken = 0;
	const turns = monitorEventLoopDelay({ resolution: 1 });
	const open = (name: string): Bystander => {
		const SocketClass = socketClassFor(`${ALICE}-${name}`);
		const doc = new Y.Doc();
		const provider = stockProvider({ url: relay.url, room, doc, SocketClass });
		ends.push(() => {
			provider.destroy();
			doc.destroy();
		});
		return new Bystander(ALICE, provider);
	};
	const talk = new Talk(open('phone'), open('laptop'));
	const honest = saidBy([talk.phone, talk.laptop]);
	/** Every honest word arrives: the round ends with a violation if one does not. */
	const inTime = async (what: string, done: Promise<unknown>) => {
		if (!(await whenGivenUp(done, PATIENCE_MS, () => talk.said.length))) return;
		violations.push(`${what} within ${PATIENCE_MS} ms`);
		throw new GivenUp();
	};
	try {
		await inTime('the bystanders did not meet', talk.begin());
		turns.enable();
		const { phone, laptop } = talk;
		const victims = () => [phone, laptop].map(({ doc: { clientID: client }, clock }) => ({ client, clock }));
		const attack = () => attackWith(relay.url, room, { ...options, victims });
		await inTime('a line of a bystander was not acked and delivered', talk.during(attack));
		turns.disable();
		taken = await look({ relay, talk, honest, open: () => open('reader') }, { violations, inTime });
	} catch (error) {
		if (!(error instanceof GivenUp)) violations.push(`an exception: ${describe(error)}`);
	} finally {
		for (const end of ends) end();
	}
	violations.push(...relay.errors.slice(errorsBefore).map((error) => `an error in the log: ${error}`));
	return {
		frames: options.frames,
		taken,
		refusals: relay.closings,
		violations,
		slowestFrame: relay.slowestFrame,
		slowestTurnMs: turns.max / 1e6,
		latencies: talk.latencies
	};
}

class GivenUp extends Error {}

const describe = (error: unknown): string =>
	error instanceof Error ? (error.stack ?? error.message) : String(error);

async function attackWith(
	url: string,
	room: string,
	{ way, random, recording, frames, victims }: RoundOptions & { victims: () => Victim[] }
): Promise<void> {
	let left = frames;
	const attackOn = async (target: string, i: number): Promise<void> => {
		const traffic = new Traffic(random, recording, i);
		const session = `${BOB}-attacker${i}`;
		const link = way === 'link' ? linkAttacker({ url, session, room: target }) : undefined;
		const attacker = link ?? socketAttacker({ url, session, room: target });
		while (left > 0) {
			const burst = Math.min(left, random.pick(BURSTS));
			left -= burst;
			if (link && random.below(12) === 0) {
				const raw = { random, victims: victims(), others: recording.linkFrames };
				await link.attemptRaw(times(burst, () => mutateBytes(random.pick(recording.linkFrames), raw)));
			} else await attacker.attempt(times(burst, () => traffic.next(victims())));
		}
		attacker.end();
	};
	await Promise.all(attacked(room).map(attackOn));
}

const times = <T>(count: number, make: (i: number) => T): T[] =>
	Array.from({ length: count }, (_, i) => make(i));

/** What these write from now on, by themselves: nothing that the relay tells them is in it. */
function saidBy(devices: readonly Bystander[]): Y.Doc {
	const said = new Y.Doc();
	for (const { doc } of devices)
		doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
			if (local) Y.applyUpdate(said, update);
		});
	return said;
}

/** The room as it is now, and as it is after a restart, if there is one. Gives how many entries of the attacker's it took. */
async function look(
	{ relay, talk, honest, open }: { relay: AttackedRelay; talk: Talk; honest: Y.Doc; open: () => Bystander },
	{
		violations,
		inTime
	}: { violations: string[]; inTime: (what: string, done: Promise<unknown>) => Promise<void> }
): Promise<number> {
	const before = open();
	await inTime('the room was not served', before.synced());
	let behind = before;
	if (relay.restart) {
		await relay.restart();
		behind = open();
		await inTime('the room was not served after a restart', behind.synced());
	}
	for (const { doc } of new Set([before, behind])) {
		violations.push(...problemsOf(doc, honest, ALICE, [ALICE, BOB]));
		const texts = new Set(textsOf(doc));
		const lost = talk.said.filter((text) => !texts.has(text));
		if (lost.length > 0) violations.push(`lost: ${lost.join(', ')}`);
	}
	if (textsOf(before.doc).join() !== textsOf(behind.doc).join())
		violations.push('a restart changed the room');
	return entriesBeside(behind.doc, honest);
}
