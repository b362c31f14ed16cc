/** See {@link USAGE}. */
import { parseArgs } from 'node:util';
import { percentile, type FuzzResult } from './fuzzResult';
import { honestRun } from './honestRun';
import { runFuzz, type FuzzOptions } from './fuzzRun';
import { siege } from './siege';
import type { HandledFrame } from '../../sync-server/meters';

const USAGE = `npm run fuzz -- [--frames N] [--seed S] [--ways guard,socket,link]
       npm run fuzz -- --minutes N [--seed S]      one relay, all the time
       npm run fuzz -- --honest [--seeds N] [--seed S]`;
const WAYS = ['guard', 'socket', 'link'] as const;

// Each stock provider listens for the end of the process.
process.setMaxListeners(0);

function readArguments() {
	const { values } = parseArgs({
		options: {
			frames: { type: 'string', default: '20000' },
			seed: { type: 'string', default: '1' },
			ways: { type: 'string', default: WAYS.join() },
			minutes: { type: 'string', default: '0' },
			honest: { type: 'boolean', default: false },
			seeds: { type: 'string', default: '300' }
		}
	});
	const [frames, seed, seeds, minutes] = [values.frames, values.seed, values.seeds, values.minutes].map(
		Number
	);
	const asked = values.ways.split(',');
	const ways = WAYS.filter((way) => asked.includes(way));
	for (const number of [frames, seed, seeds, minutes])
		if (!Number.isInteger(number) || number! < 0) throw new Error('a number is expected');
	if (ways.length === 0) throw new Error(`name some of ${WAYS.join()}`);
	return { frames: frames!, seed: seed!, seeds: seeds!, minutes: minutes!, ways, honest: values.honest };
}

async function attack(options: FuzzOptions): Promise<boolean> {
	const startedAt = performance.now();
	const result = await runFuzz({
		...options,
		onRound: (frames, { violations }) => {
			if (process.stderr.isTTY) process.stderr.write(`\r${frames} of ${options.frames} frames`);
			for (const violation of violations) console.error(`\nviolation: ${violation}`);
		}
	});
	if (process.stderr.isTTY) process.stderr.write('\r');
	report(result, options, (performance.now() - startedAt) / 1000);
	return result.violations.length === 0;
}

async function besiege(minutes: number, seed: number): Promise<boolean> {
	const ways = ['socket', 'link'] as const;
	const startedAt = performance.now();
	const result = await siege({
		minutes,
		seed,
		ways,
		onWave: (frames, violations) => {
			if (process.stderr.isTTY) process.stderr.write(`\r${frames} frames`);
			for (const violation of violations) console.error(`\nviolation: ${violation}`);
		}
	});
	if (process.stderr.isTTY) process.stderr.write('\r');
	report(result, { seed, ways }, (performance.now() - startedAt) / 1000);
	const { usages } = result;
	const memory = (name: 'residentBytes' | 'heldBytes', which: number) =>
		`${((usages.at(which)?.[name] ?? 0) / 1e6).toFixed(0)} MB`;
	for (const [name, which] of [
		['first', 0],
		['last', -1]
	] as const) {
		const held = `${memory('heldBytes', which)} held, ${memory('residentBytes', which)} resident`;
		console.log(`${`${name} wave`.padEnd(14)} ${held}, ${usages.at(which)?.detail.rooms} rooms in memory`);
	}
	return result.violations.length === 0;
}

async function behave(first: number, seeds: number): Promise<boolean> {
	const startedAt = performance.now();
	let [entries, bad] = [0, 0];
	for (let seed = first; seed < first + seeds; seed++) {
		const result = await honestRun(seed);
		entries += result.entries;
		if (result.violations.length > 0) bad += 1;
		for (const violation of result.violations) console.error(`seed ${seed}: ${violation}`);
		if (process.stderr.isTTY) process.stderr.write(`\rseed ${seed}`);
	}
	const seconds = (performance.now() - startedAt) / 1000;
	console.log(`${seeds} seeds of honest traffic in ${seconds.toFixed(0)} s, ${entries} entries`);
	console.log(`${bad} seeds with a refusal, a difference or an error`);
	return bad === 0;
}

function report(
	result: FuzzResult,
	{ seed, ways }: Pick<FuzzOptions, 'seed' | 'ways'>,
	seconds: number
): void {
	const { frames, taken, refusals, violations, slowestFrame, slowestTurnMs, latencies } = result;
	const ms = (value: number) => `${value.toFixed(1)} ms`;
	const describeFrame = ({ kind, bytes, seconds }: HandledFrame) =>
		`${ms(seconds * 1_000)} in guard and document for ${bytes} bytes (${kind})`;
	const codes = [...refusals].sort(([a], [b]) => a - b).map(([code, count]) => `${code}: ${count}`);
	const lines = [
		['frames', `${frames} in ${seconds.toFixed(0)} s, seed ${seed}, by ${ways.join(', ')}`],
		['taken', `${taken} entries of the attacker's own`],
		['refused', codes.join(', ') || 'none'],
		['slowest frame', slowestFrame ? describeFrame(slowestFrame) : 'none'],
		['slowest turn', `${ms(slowestTurnMs)} of the event loop that relay, attackers and bystanders share`],
		[
			'bystanders',
			`${latencies.length} lines acked and delivered, p50 ${ms(percentile(latencies, 0.5))}, p99 ${ms(percentile(latencies, 0.99))}`
		],
		['violations', String(violations.length)]
	];
	for (const [name, value] of lines) console.log(`${name!.padEnd(14)} ${value}`);
	for (const violation of violations) console.log(`  ${violation}`);
}

try {
	const { honest, seeds, minutes, ...options } = readArguments();
	const run = () => {
		if (honest) return behave(options.seed, seeds);
		return minutes > 0 ? besiege(minutes, options.seed) : attack(options);
	};
	process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	console.error(`Usage: ${USAGE}`);
	process.exitCode = 1;
}
