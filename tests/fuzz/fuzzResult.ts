import { slowestOf } from './slowestFrame';
import type { HandledFrame } from '../../sync-server/meters';

export interface FuzzResult {
	readonly frames: number;
	/** Entries of the attacker that were taken, as honest ones are: frames that got as far as the document. */
	readonly taken: number;
	/** By close code. */
	readonly refusals: ReadonlyMap<number, number>;
	/** What must never be, in words. */
	readonly violations: readonly string[];
	/** The slowest in the guard and the document: by CPU if it went there alone, by the relay's own meters otherwise. */
	readonly slowestFrame: HandledFrame | undefined;
	/** Milliseconds that the event loop of relay and attackers stood still at most. */
	readonly slowestTurnMs: number;
	/** Milliseconds from a bystander's writing to its arrival, the ack included. */
	readonly latencies: readonly number[];
}

export function joinResults(results: readonly FuzzResult[]): FuzzResult {
	const refusals = new Map<number, number>();
	for (const { refusals: some } of results)
		for (const [code, count] of some) refusals.set(code, (refusals.get(code) ?? 0) + count);
	return {
		frames: results.reduce((sum, { frames }) => sum + frames, 0),
		taken: results.reduce((sum, { taken }) => sum + taken, 0),
		refusals,
		violations: results.flatMap(({ violations }) => violations),
		slowestFrame: slowestOf(results.map(({ slowestFrame }) => slowestFrame)),
		slowestTurnMs: Math.max(0, ...results.map(({ slowestTurnMs }) => slowestTurnMs)),
		latencies: results.flatMap(({ latencies }) => latencies)
	};
}

/** The value that this share of the numbers does not exceed; 0 if there are none. */
export function percentile(numbers: readonly number[], share: number): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
