/** The rows of the engine's benchmark, by the names that `--only` takes. Each can be measured by itself. */
import { fillPlan } from './histories';
import {
	installApp,
	measureBareField,
	measureComposer,
	measureScreen,
	type ScreenOpening
} from './appScreens';
import { measureCatchingUp, measureNaiveCatchingUp } from './catchingUp';
import { measureListing } from './listing';
import { measureOpenings, type Arm, type FilledSet, type OpeningRun } from './openings';
import { measureSending, type SendingRun } from './sending';
import { naiveBytes, skeinBytes, type BytesPerMessage } from './bytes';
import type { CatchingUp, WrittenElsewhere } from './catchingUp';
import type { EngineLab } from './engineLab';
import type { EngineOptions } from './engine';
import type { Frames, Opening } from './pages/paint';

/** What each row gives. */
export interface EngineFigures {
	readonly openings: readonly OpeningRun[];
	readonly catchingUp: {
		readonly skein: Record<WrittenElsewhere, readonly CatchingUp[]>;
		readonly naive: { readonly size: number; readonly runs: readonly Frames[] } | undefined;
	};
	readonly sending: readonly SendingRun[];
	readonly list: Record<Arm, readonly Opening[]>;
	readonly bytes: Record<Arm, BytesPerMessage>;
	readonly app: {
		readonly screens: readonly (ScreenOpening & { readonly size: number })[];
		readonly lists: readonly ScreenOpening[];
		readonly composer: {
			readonly size: number;
			readonly keypresses: readonly number[];
			/** In a page that keeps nothing. */
			readonly bare: readonly number[];
		};
	};
}

export type EngineRow = keyof EngineFigures;

type Measure<Row extends EngineRow> = (lab: EngineLab, options: EngineOptions) => Promise<EngineFigures[Row]>;

const LIST_RUNS = 10;
const NAIVE_LIST_RUNS = 3;
const SCREEN_RUNS = 10;
const KEYPRESSES = 200;
const CATCHING_UP_RUNS = 3;
const WRITTEN_ELSEWHERE = 10_000;

const largest = (filled: readonly FilledSet[], naive: boolean): FilledSet | undefined =>
	filled.findLast(({ set }) => set.naive || !naive);

const openings: Measure<'openings'> = async ({ lab, filled, tell }, { runs }) =>
	measureOpenings(lab, await filled(), runs, tell);

const catchingUp: Measure<'catchingUp'> = async ({ lab, relay, filled }) => {
	const server = await relay();
	const runs: Record<WrittenElsewhere, CatchingUp[]> = { messages: [], reactions: [] };
	const naiveRuns: Frames[] = [];
	const naive = largest(await filled(), true);
	for (let run = 0; run < CATCHING_UP_RUNS; run++) {
		for (const kind of ['messages', 'reactions'] as const)
			runs[kind].push(await measureCatchingUp(lab, server, { kind, count: WRITTEN_ELSEWHERE, run }));
		if (naive) naiveRuns.push(await measureNaiveCatchingUp(lab, naive, WRITTEN_ELSEWHERE));
	}
	return { skein: runs, naive: naive && { size: naive.size, runs: naiveRuns } };
};

const sending: Measure<'sending'> = async ({ lab, filled }) => {
	const sets = await filled();
	const naive = largest(sets, true);
	return [
		await measureSending(lab, sets[0]!, 'skein', KEYPRESSES),
		await measureSending(lab, largest(sets, false)!, 'skein', KEYPRESSES),
		...(naive ? [await measureSending(lab, naive, 'naive', KEYPRESSES)] : [])
	];
};

const list: Measure<'list'> = async (lab) => {
	const { set, profile } = await lab.list();
	const skein = [];
	const naive = [];
	for (let run = 0; run < LIST_RUNS; run++) {
		skein.push(await measureListing(lab.lab, set, profile, 'skein'));
		if (run < NAIVE_LIST_RUNS) naive.push(await measureListing(lab.lab, set, profile, 'naive'));
	}
	return { skein, naive };
};

const bytes: Measure<'bytes'> = async ({ lab, bytesSet }) => {
	const [plan] = bytesSet.conversations;
	return {
		skein: await skeinBytes(lab, plan!, fillPlan(bytesSet, 'skein')),
		naive: await naiveBytes(lab, plan!, fillPlan(bytesSet, 'naive'))
	};
};

const app: Measure<'app'> = async ({ lab, relay, filled, list: listSet }) => {
	await relay();
	const sets = await filled();
	const listed = await listSet();
	for (const { profile } of [...sets, listed]) await installApp(lab, profile);
	const screens = [];
	const lists = [];
	for (let run = 0; run < SCREEN_RUNS; run++) {
		for (const { size, set, profile } of sets)
			screens.push({
				size,
				...(await measureScreen(lab, profile, conversationPath(set), '[role=log] article'))
			});
		lists.push(await measureScreen(lab, listed.profile, '/', 'nav a[href^="/c/"]'));
	}
	const { size, set, profile } = largest(sets, false)!;
	const keypresses = await measureComposer(lab, profile, conversationPath(set), KEYPRESSES);
	const bare = await measureBareField(lab, profile, KEYPRESSES);
	return { screens, lists, composer: { size, keypresses, bare } };
};

const conversationPath = ({ conversations: [plan] }: FilledSet['set']): string => `/c/${plan!.conversation}`;

export const ENGINE_ROWS: { readonly [Row in EngineRow]: Measure<Row> } = {
	openings,
	catchingUp,
	sending,
	list,
	bytes,
	app
};
