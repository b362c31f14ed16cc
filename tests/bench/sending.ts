/** From the key to the message on the screen, with the whole history on this device and no network. */
import { pathOf, running, type BenchLab } from './benchLab';
import { naiveName } from './histories';
import { people } from './historyPlan';
import type { Arm, FilledSet } from './openings';
import type { Keypress } from './pages/paint';
import type { NaiveBench } from './pages/naive';
import type { SkeinBench } from './pages/skein';
import type { Page } from '@playwright/test';

export interface SendingRun {
	readonly arm: Arm;
	readonly size: number;
	readonly keypresses: readonly Keypress[];
}

const open = {
	skein: (page: Page, id: string) =>
		page.evaluate(({ self, at }) => (window as unknown as { bench: SkeinBench }).bench.open(self, at), {
			self: people[0]!,
			at: id
		}),
	naive: (page: Page, name: string) =>
		page.evaluate((at) => (window as unknown as { bench: NaiveBench }).bench.open(at), name)
};

type Sending = Pick<SkeinBench, 'startSending' | 'sent'>;

/** `count` messages, one after the other: each waits until the one before is on the screen. */
export function measureSending(
	lab: BenchLab,
	{ size, set, profile }: FilledSet,
	arm: Arm,
	count: number
): Promise<SendingRun> {
	const [plan] = set.conversations;
	return lab.visit(profile, pathOf(arm), async (page) => {
		await running(page);
		await open[arm](page, arm === 'skein' ? plan!.conversation : naiveName(plan!));
		await page.evaluate(() => (window as unknown as { bench: Sending }).bench.startSending());
		for (let i = 1; i <= count; i++) {
			await page.keyboard.press('Enter');
			await page.waitForFunction(
				(n) => (window as unknown as { bench: Sending }).bench.sent().length >= n,
				i,
				{ polling: 5 }
			);
		}
		const keypresses = await page.evaluate(() => (window as unknown as { bench: Sending }).bench.sent());
		return { arm, size, keypresses };
	});
}
