/** Rounds of attacks, each on a relay of its own, with traffic recorded anew. The seed repeats all but the network's timing. */
import { guardRound } from './guardRound';
import { joinResults, type FuzzResult } from './fuzzResult';
import { record } from './recording';
import { relayRound, type Way } from './relayRound';
import { seededRandom } from '../load/seededRandom';

export interface FuzzOptions {
	/** In all, over all ways. */
	readonly frames: number;
	readonly seed: number;
	/** `guard`: straight into the guard and the document. */
	readonly ways: readonly (Way | 'guard')[];
	/** In one round of each way. */
	readonly roundFrames?: Readonly<Record<Way | 'guard', number>>;
	/** Called behind each round, with how many frames were sent by then. */
	readonly onRound?: (frames: number, result: FuzzResult) => void;
}

/** The guard alone takes many more frames in the same time. */
const ROUND_FRAMES = { guard: 10_000, socket: 1_000, link: 1_000 };

export async function runFuzz(options: FuzzOptions): Promise<FuzzResult> {
	const { frames, seed, ways, roundFrames = ROUND_FRAMES, onRound = () => {} } = options;
	const results: FuzzResult[] = [];
	const thrown: string[] = [];
	const note = (error: unknown) => void thrown.push(`nobody caught: ${String(error)}`);
	process.on('uncaughtException', note);
	process.on('unhandledRejection', note);
	try {
		for (let sent = 0; sent < frames;) {
			const random = seededRandom(seed + sent);
			const way = ways[results.length % ways.length]!;
			const count = Math.min(roundFrames[way], frames - sent);
			const recording = await record(random);
			const result =
				way === 'guard'
					? guardRound(random, recording, count)
					: await relayRound({ way, random, recording, frames: count });
			const named = result.violations.map(
				(violation) => `round of seed ${seed + sent} by ${way}: ${violation}`
			);
			results.push({ ...result, violations: [...named, ...thrown.splice(0)] });
			sent += count;
			onRound(sent, result);
		}
	} finally {
		process.off('uncaughtException', note);
		process.off('unhandledRejection', note);
	}
	return joinResults(results);
}
