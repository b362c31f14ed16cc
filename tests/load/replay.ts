/** `npm run replay -- [FILE] [--people N] [--seed S] [--offline-share P] [--url URL]`: see replayRun.ts. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { generateLines, nicksOf, parseIrcLog, type IrcLine } from './ircLog';
import { runReplay, type ReplayResult } from './replayRun';
import { seededRandom } from './seededRandom';
import { showProgress } from './progress';
import { startOwnServer } from './replayServer';

const USAGE = 'npm run replay -- [FILE] [--people N] [--seed S] [--offline-share P] [--url URL]';
const GENERATED_LINES = 500;
const LINES_A_KILL = 400;

async function main(): Promise<boolean> {
	const { file, people, seed, offlineShare, url } = readArguments();
	const random = seededRandom(seed);
	const { lines, passedOver } = await readLines(file, people, random);
	const own = url === undefined ? await startOwnServer() : undefined;
	const progress = showProgress(lines.length);
	try {
		const result = await runReplay({
			lines,
			people,
			offlineShare,
			random,
			server: own ?? { origin: url! },
			kills: Math.max(1, Math.floor(lines.length / LINES_A_KILL)),
			tag: `r${Date.now().toString(36)}`,
			now: Date.now,
			...progress
		});
		progress.stop();
		const about = `${file === undefined ? 'a generated conversation' : basename(file)}, seed ${seed}`;
		report({ about, lines, passedOver, result, dataBytes: await own?.dataBytes() });
		return result.problems.length === 0;
	} finally {
		progress.stop();
		await own?.dispose();
	}
}

function readArguments() {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			people: { type: 'string', default: '12' },
			seed: { type: 'string', default: '1' },
			'offline-share': { type: 'string', default: '0.3' },
			url: { type: 'string' }
		}
	});
	const [people, seed, offlineShare] = [values.people, values.seed, values['offline-share']].map(Number);
	const fine =
		positionals.length <= 1 &&
		Number.isInteger(people) &&
		people! >= 1 &&
		people! <= 400 &&
		Number.isInteger(seed) &&
		offlineShare! >= 0 &&
		offlineShare! < 1;
	if (!fine) throw new Error(USAGE);
	const url = values.url?.replace(/\/+$/, '');
	return { file: positionals[0], people: people!, seed: seed!, offlineShare: offlineShare!, url };
}

async function readLines(file: string | undefined, people: number, random: ReturnType<typeof seededRandom>) {
	if (file === undefined) {
		return { lines: generateLines(random, { count: GENERATED_LINES, nicks: people + 5 }), passedOver: 0 };
	}
	const found = parseIrcLog(await readFile(file, 'utf8'));
	if (found.lines.length === 0) throw new Error(`${file} holds no line of the form "[HH:MM] <nick> text"`);
	return found;
}

interface Report {
	readonly about: string;
	readonly lines: readonly IrcLine[];
	readonly passedOver: number;
	readonly result: ReplayResult;
	readonly dataBytes: number | undefined;
}

function report({ about, lines, passedOver, result, dataBytes }: Report): void {
	const { people, devices, items, counts, traffic, documentBytes, times, problems } = result;
	const number = (value: number) => value.toLocaleString('en');
	const kB = (bytes: number) => `${number(Math.round(bytes / 1_000))} kB`;
	const s = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
	const rows: [string, string][] = [
		['log', about],
		[
			'lines',
			`${number(lines.length)} by ${nicksOf(lines).length} nicks; ${number(passedOver)} other lines passed over`
		],
		['cast', `${people} people on ${devices} devices, one of them new at the end`],
		[
			'offline',
			`${counts.spells} spells, in ${counts.reopened} of them the device was closed; ${counts.linesOffline} lines written offline`
		],
		['relay', `killed ${counts.kills} times; ${counts.linesWhileDown} lines written while it was down`],
		['wire', `${kB(traffic.sent)} sent and ${kB(traffic.received)} received by all devices`],
		[
			'disk',
			`${kB(documentBytes)} for the conversation on a device${dataBytes === undefined ? '' : `, ${kB(dataBytes)} at the relay`}`
		],
		[
			'time',
			`${s(times.setUpMs)} to set up, ${s(times.playMs)} to play, ${s(times.healMs)} until all were synced`
		]
	];
	for (const [name, said] of rows) console.log(`${name.padEnd(8)} ${said}`);
	for (const problem of problems.slice(0, 20)) console.log(`FAULT    ${problem}`);
	if (problems.length > 20) console.log(`FAULT    and ${problems.length - 20} more`);
	if (problems.length === 0) {
		console.log(
			`ok       all ${devices} devices show one timeline of ${number(items)} items: each line once, each nick's in order`
		);
	}
}

// Each stock provider listens for the end of the process, and a replay has hundreds of them.
process.setMaxListeners(0);
main().then(
	(ok) => process.exit(ok ? 0 : 1),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(2);
	}
);
