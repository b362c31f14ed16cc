/** How long a conversation takes to be usable on a cold start with no network, at each size, both ways, interleaved. */
import { heapOf, pathOf, running, type BenchLab } from './benchLab';
import { naiveName, type HistorySet } from './histories';
import { people } from './historyPlan';
import type { NaiveBench } from './pages/naive';
import type { Opening } from './pages/paint';
import type { Profile } from '../kit/profile';
import type { SkeinBench } from './pages/skein';

export type Arm = 'skein' | 'naive';

export interface OpeningRun extends Opening {
	readonly arm: Arm;
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
			const arms: Arm[] = set.naive ? ['skein', 'naive'] : ['skein'];
			for (const arm of run % 2 === 0 ? arms : arms.reverse()) {
				const one = await openOnce(lab, { size, set, profile }, arm);
				if (run > 0) measured.push(one);
			}
		}
		tell(`openings: ${run} of ${runs}`);
	}
	return measured;
}

function openOnce(lab: BenchLab, { size, set, profile }: FilledSet, arm: Arm): Promise<OpeningRun> {
	const [plan] = set.conversations;
	return lab.visit(profile, pathOf(arm), async (page) => {
		await running(page);
		const opening =
			arm === 'skein'
				? await page.evaluate(
						({ self, id }) => (window as unknown as { bench: SkeinBench }).bench.open(self, id),
						{ self: people[0]!, id: plan!.conversation }
					)
				: await page.evaluate(
						(name) => (window as unknown as { bench: NaiveBench }).bench.open(name),
						naiveName(plan!)
					);
		return { ...opening, arm, size, heap: await heapOf(page) };
	});
}
