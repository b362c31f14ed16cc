/** How long a conversation takes to be usable on a cold start with no network, at each size, both ways, interleaved. */
import { heapOf, pathOf, running, type BenchLab } from './benchLab';
import { liveName, naiveName, type HistorySet } from './histories';
import { people, type HistoryPlan } from './historyPlan';
import type { NaiveBench } from './pages/naive';
import type { Opening } from './pages/paint';
import type { Profile } from '../kit/profile';
import type { SkeinBench } from './pages/skein';
import type { Page } from '@playwright/test';

export type Arm = 'skein' | 'naive';
/** `bare`: y-indexeddb reads the one segment that Skein shows, and nothing else is done: no opening can be faster. */
export type OpeningArm = Arm | 'bare';

export interface OpeningRun extends Opening {
	readonly arm: OpeningArm;
	readonly size: number;
	readonly heap: number;
}

export interface FilledSet {
	readonly size: number;
	readonly set: HistorySet;
	readonly profile: Profile;
}

/** Each run is a browser started anew. The first of each kind warms the disk and is not counted. */
export async function measureOpenings(
	lab: BenchLab,
	filled: readonly FilledSet[],
	runs: number,
	tell: (line: string) => void
): Promise<OpeningRun[]> {
	const measured: OpeningRun[] = [];
	for (let run = 0; run <= runs; run++) {
		for (const { size, set, profile } of filled) {
			const arms: OpeningArm[] = set.naive ? ['skein', 'naive', 'bare'] : ['skein', 'bare'];
			for (const arm of run % 2 === 0 ? arms : arms.reverse()) {
				const one = await openOnce(lab, { size, set, profile }, arm);
				if (run > 0) measured.push(one);
			}
		}
		tell(`openings: ${run} of ${runs}`);
	}
	return measured;
}

function openOnce(lab: BenchLab, { size, set, profile }: FilledSet, arm: OpeningArm): Promise<OpeningRun> {
	const [plan] = set.conversations;
	return lab.visit(profile, pathOf(arm === 'skein' ? 'skein' : 'naive'), async (page) => {
		await running(page);
		const opening = await opened(page, arm, plan!);
		return { ...opening, arm, size, heap: await heapOf(page) };
	});
}

function opened(page: Page, arm: OpeningArm, plan: HistoryPlan): Promise<Opening> {
	if (arm === 'skein')
		return page.evaluate(
			({ self, id }) => (window as unknown as { bench: SkeinBench }).bench.open(self, id),
			{ self: people[0]!, id: plan.conversation }
		);
	return page.evaluate(
		({ name, draws }) => {
			const { bench } = window as unknown as { bench: NaiveBench };
			return draws ? bench.open(name) : bench.read(name);
		},
		{ name: arm === 'naive' ? naiveName(plan) : liveName(plan), draws: arm === 'naive' }
	);
}
