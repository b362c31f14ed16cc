/** The list of conversations on a cold start with no network: from the open call to its first paint. */
import { pathOf, running, type BenchLab } from './benchLab';
import { naiveName, type HistorySet } from './histories';
import { people } from './historyPlan';
import type { Arm } from './openings';
import type { NaiveBench } from './pages/naive';
import type { Opening } from './pages/paint';
import type { Profile } from '../kit/profile';
import type { SkeinBench } from './pages/skein';

export function measureListing(lab: BenchLab, set: HistorySet, profile: Profile, arm: Arm): Promise<Opening> {
	return lab.visit(profile, pathOf(arm), async (page) => {
		await running(page);
		if (arm === 'skein')
			return page.evaluate(
				(self) => (window as unknown as { bench: SkeinBench }).bench.openList(self),
				people[0]!
			);
		return page.evaluate(
			(names) => (window as unknown as { bench: NaiveBench }).bench.openList(names),
			set.conversations.map(naiveName)
		);
	});
}
