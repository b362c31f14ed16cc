/** The figures of the conversation engine, each beside the naive way, in one run. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from '../../scripts/prepare.mjs';
import { engineReport, type EngineFigures } from './engineReport';
import { fillPlan, historySet, type HistorySet } from './histories';
import { installApp, measureComposer, measureScreen } from './appScreens';
import { measureCatchingUp, measureNaiveCatchingUp } from './catchingUp';
import { measureListing } from './listing';
import { measureOpenings, type FilledSet } from './openings';
import { measureSending } from './sending';
import { naiveBytes, skeinBytes } from './bytes';
import { openBenchLab, type BenchLab } from './benchLab';
import { RelayProcess } from '../kit/relayProcess';
import type { Profile } from '../kit/profile';

export interface EngineOptions {
	/** Openings at each size and of each arm. */
	readonly runs: number;
	readonly sizes: readonly number[];
	/** Conversations in the list. */
	readonly list: number;
	/** The app is built already, from whatever sources. */
	readonly built: boolean;
}

/** The documents of larger histories take minutes and gigabytes to make and to open. */
const NAIVE_MESSAGES_MAX = 100_000;
const BYTES_MESSAGES = 10_000;
const LIST_MESSAGES = 20;
const LIST_RUNS = 5;
const NAIVE_LIST_RUNS = 3;
const SCREEN_RUNS = 5;
const KEYPRESSES = 200;
const WRITTEN_ELSEWHERE = 10_000;

const results = join(import.meta.dirname, '../../.cache/bench');

export async function benchEngine(options: EngineOptions): Promise<void> {
	const tell = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
	if (!options.built) await build();
	const relay = await RelayProcess.start();
	const { sizes, list } = options;
	const sets = sizes.map((messages) =>
		historySet(`m${messages}`, {
			conversations: 1,
			messages,
			beside: Math.max(...sizes) - messages,
			naive: messages <= NAIVE_MESSAGES_MAX
		})
	);
	const listSet = historySet('list', { conversations: list, messages: LIST_MESSAGES, naive: true });
	const bytesSet = historySet('bytes', { conversations: 1, messages: BYTES_MESSAGES, naive: true });
	const lab = await openBenchLab([...sets, listSet, bytesSet], () => relay.port);
	try {
		const filled: FilledSet[] = [];
		for (const [i, set] of sets.entries()) {
			tell(`filling ${set.name}`);
			filled.push({ size: sizes[i]!, set, profile: await lab.fill(fillPlan(set)) });
		}
		const openings = await measureOpenings(lab, filled, options.runs, tell);
		tell('catching up');
		const catching = await catchingUp(lab, relay, filled);
		tell('sending');
		const sending = await sendings(lab, filled);
		tell('list');
		const listProfile = await lab.fill(fillPlan(listSet));
		const listing = await listings(lab, listSet, listProfile);
		tell('bytes');
		const [plan] = bytesSet.conversations;
		const bytes = {
			skein: await skeinBytes(lab, plan!, fillPlan(bytesSet, 'skein')),
			naive: await naiveBytes(lab, plan!, fillPlan(bytesSet, 'naive'))
		};
		tell('the app');
		const screens = await appScreens(lab, filled, { set: listSet, profile: listProfile });
		const figures: EngineFigures = { options, openings, ...catching, sending, listing, bytes, ...screens };
		await mkdir(results, { recursive: true });
		const name = `engine-${new Date().toISOString().replaceAll(':', '-')}.json`;
		await writeFile(join(results, name), JSON.stringify(figures, undefined, '\t'));
		console.log(`\n${engineReport(figures)}\n\nAll runs: .cache/bench/${name}`);
	} finally {
		await lab.close();
		await relay.dispose();
	}
}

const largest = (filled: readonly FilledSet[], naive: boolean): FilledSet | undefined =>
	filled.filter(({ set }) => set.naive || !naive).sort((a, b) => b.size - a.size)[0];

async function catchingUp(lab: BenchLab, relay: RelayProcess, filled: readonly FilledSet[]) {
	const naive = largest(filled, true);
	return {
		caughtUp: {
			messages: await measureCatchingUp(lab, relay, 'messages', WRITTEN_ELSEWHERE),
			reactions: await measureCatchingUp(lab, relay, 'reactions', WRITTEN_ELSEWHERE - 500)
		},
		caughtUpNaive: naive && {
			size: naive.size,
			...(await measureNaiveCatchingUp(lab, naive, WRITTEN_ELSEWHERE))
		}
	};
}

async function sendings(lab: BenchLab, filled: readonly FilledSet[]) {
	const smallest = [...filled].sort((a, b) => a.size - b.size)[0]!;
	const naive = largest(filled, true);
	return [
		await measureSending(lab, smallest, 'skein', KEYPRESSES),
		await measureSending(lab, largest(filled, false)!, 'skein', KEYPRESSES),
		...(naive ? [await measureSending(lab, naive, 'naive', KEYPRESSES)] : [])
	];
}

async function listings(lab: BenchLab, set: HistorySet, profile: Profile) {
	const skein = [];
	const naive = [];
	for (let run = 0; run < LIST_RUNS; run++) {
		skein.push(await measureListing(lab, set, profile, 'skein'));
		if (run < NAIVE_LIST_RUNS) naive.push(await measureListing(lab, set, profile, 'naive'));
	}
	return { skein, naive };
}

async function appScreens(
	lab: BenchLab,
	filled: readonly FilledSet[],
	list: { readonly set: HistorySet; readonly profile: Profile }
) {
	const screens = [];
	for (const { profile } of [...filled, list]) await installApp(lab, profile);
	for (let run = 0; run < SCREEN_RUNS; run++) {
		for (const { size, set, profile } of filled) {
			const path = `/c/${set.conversations[0]!.conversation}`;
			screens.push({ size, ...(await measureScreen(lab, profile, path, '[role=log] article')) });
		}
	}
	const lists = [];
	for (let run = 0; run < LIST_RUNS; run++)
		lists.push(await measureScreen(lab, list.profile, '/', 'nav a[href^="/c/"]'));
	const { set, profile } = largest(filled, false)!;
	const composer = await measureComposer(
		lab,
		profile,
		`/c/${set.conversations[0]!.conversation}`,
		KEYPRESSES
	);
	return { screens, lists, composer };
}
