/** Frames to the real relay over real sockets, on which honest devices talk meanwhile. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as Y from 'yjs';
import { ALICE, BOB, NOW, ROOM } from '../../sync-server/cast.fixture';
import { Bystander, Talk } from '../../sync-server/attacks/talk.fixture';
import { linkAttacker, socketAttacker } from './attackers';
import { mutateBytes } from './mutate';
import { entriesBeside, problemsOf } from './soundness';
import { socketClassFor } from '../../sync-server/sessionSocket.fixture';
import { startRestartableRelay, type RestartableRelay } from './restartableRelay';
import { stockProvider } from './stockProvider';
import { Traffic } from './traffic';
import { textsOf } from '../../sync-server/writing.fixture';
import { whenGivenUp } from './whenGivenUp';
import type { FuzzResult } from './fuzzResult';
import type { Victim } from './mutateStructs';
import type { Random } from '../load/seededRandom';
import type { Recording } from './recording';

export type Way = 'socket' | 'link';

const ATTACKERS = 8;
/** The rooms that are attacked, most of all the one in which the bystanders talk. */
const ROOMS = [ROOM, ROOM, ROOM, ROOM, ROOM, ROOM, `home/${BOB}`, `home/${ALICE}`];
/** Frames of one attempt: mostly one, so that each is read. */
const BURSTS = [1, 1, 1, 1, 2, 5];
const PATIENCE_MS = 30_000;

export async function relayRound(options: {
	readonly way: Way;
	readonly random: Random;
	readonly recording: Recording;
	readonly frames: number;
}): Promise<FuzzResult> {
	const relay = await startRestartableRelay(() => NOW);
	const violations: string[] = [];
	const ends: (() => void)[] = [];
	let taken = 0;
	const turns = monitorEventLoopDelay({ resolution: 1 });
	const open = (name: string): Bystander => {
		const SocketClass = socketClassFor(`${ALICE}-${name}`);
		const doc = new Y.Doc();
		const provider = stockProvider({ url: relay.url, room: ROOM, doc, SocketClass });
		ends.push(() => {
			provider.destroy();
			doc.destroy();
		});
		return new Bystander(ALICE, provider);
	};
	const talk = new Talk(open('phone'), open('laptop'));
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
		const attack = () => attackWith(relay, { ...options, victims });
		await inTime('a line of a bystander was not acked and delivered', talk.during(attack));
		turns.disable();
		taken = await look(relay, talk, () => open('reader'), { violations, inTime });
	} catch (error) {
		if (!(error instanceof GivenUp)) violations.push(`an exception: ${describe(error)}`);
	} finally {
		for (const end of ends) end();
		await relay.dispose();
	}
	violations.push(...relay.errors.map((error) => `an error in the log: ${error}`));
	return {
		frames: options.frames,
		taken,
		refusals: relay.closings,
		violations,
		slowestFrameMs: undefined,
		slowestTurnMs: turns.max / 1e6,
		latencies: talk.latencies
	};
}

class GivenUp extends Error {}

const describe = (error: unknown): string =>
	error instanceof Error ? (error.stack ?? error.message) : String(error);

async function attackWith(
	{ url }: RestartableRelay,
	{
		way,
		random,
		recording,
		frames,
		victims
	}: { way: Way; random: Random; recording: Recording; frames: number; victims: () => Victim[] }
): Promise<void> {
	let left = frames;
	const attackOn = async (room: string, i: number): Promise<void> => {
		const traffic = new Traffic(random, recording, i);
		const session = `${BOB}-attacker${i}`;
		const link = way === 'link' ? linkAttacker({ url, session, room }) : undefined;
		const attacker = link ?? socketAttacker({ url, session, room });
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
	await Promise.all(times(ATTACKERS, (i) => attackOn(ROOMS[i % ROOMS.length]!, i)));
}

const times = <T>(count: number, make: (i: number) => T): T[] =>
	Array.from({ length: count }, (_, i) => make(i));

/** The room as it is now, and as it is after a restart. Gives how many entries of the attacker's it took. */
async function look(
	relay: RestartableRelay,
	{ phone, laptop, said }: Talk,
	open: () => Bystander,
	{
		violations,
		inTime
	}: { violations: string[]; inTime: (what: string, done: Promise<unknown>) => Promise<void> }
): Promise<number> {
	const honest = new Y.Doc();
	for (const { doc } of [phone, laptop]) Y.applyUpdate(honest, Y.encodeStateAsUpdate(doc));
	const before = open();
	await inTime('the room was not served', before.synced());
	await relay.restart();
	const behind = open();
	await inTime('the room was not served after a restart', behind.synced());
	for (const { doc } of [before, behind]) {
		violations.push(...problemsOf(doc, honest, ALICE, [ALICE, BOB]));
		const texts = new Set(textsOf(doc));
		const lost = said.filter((text) => !texts.has(text));
		if (lost.length > 0) violations.push(`lost: ${lost.join(', ')}`);
	}
	if (textsOf(before.doc).join() !== textsOf(behind.doc).join())
		violations.push('a restart changed the room');
	if ((await relay.store.asides(ROOM)).length > 0)
		violations.push('something in the store could not be read');
	return entriesBeside(behind.doc, honest);
}
