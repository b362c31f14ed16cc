/**
 * One relay that is attacked for long. Wave after wave comes in a group of its own, since what one may write in a segment
 * is bounded, and honest devices talk in it meanwhile; nothing is ever restarted.
 */
import { joinResults, type FuzzResult } from './fuzzResult';
import { record } from './recording';
import { roundOn, type Way } from './relayRound';
import { seededRandom } from '../load/seededRandom';
import { startBesiegedRelay } from './besiegedRelay';
import type { Usage } from '../bench/relay/servers/answering';

export interface SiegeOptions {
	readonly minutes: number;
	readonly seed: number;
	readonly ways: readonly Way[];
	readonly onWave?: (frames: number, violations: readonly string[]) => void;
}

export interface SiegeResult extends FuzzResult {
	/** Behind each wave. */
	readonly usages: readonly Usage[];
}

const WAVE_FRAMES = 2_000;

/** Rooms of a new group. */
const roomOf = (wave: number) => `c/018f0000-0000-7000-8000-${String(wave).padStart(12, '0')}/0`;

export async function siege({ minutes, seed, ways, onWave = () => {} }: SiegeOptions): Promise<SiegeResult> {
	const relay = await startBesiegedRelay();
	const results: FuzzResult[] = [];
	const usages: Usage[] = [];
	const endsAt = performance.now() + minutes * 60_000;
	try {
		for (let wave = 0; wave === 0 || performance.now() < endsAt; wave++) {
			const random = seededRandom(seed + wave * WAVE_FRAMES);
			const way = ways[wave % ways.length]!;
			const recording = await record(random);
			const result = await roundOn(relay, roomOf(wave), { way, random, recording, frames: WAVE_FRAMES });
			const violations = result.violations.map((violation) => `wave ${wave} by ${way}: ${violation}`);
			results.push({ ...result, violations });
			usages.push(await relay.usage());
			onWave(results.length * WAVE_FRAMES, violations);
		}
	} finally {
		await relay.dispose();
	}
	const { asides = 0, slowestTurnMs = 0 } = usages.at(-1)?.detail ?? {};
	const joined = joinResults(results);
	const unreadable = asides > 0 ? [`${asides} of what is stored cannot be read`] : [];
	return {
		...joined,
		slowestTurnMs,
		refusals: relay.closings,
		violations: [...joined.violations, ...unreadable],
		usages
	};
}
