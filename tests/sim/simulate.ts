/** One run: a cast, what happens to it, healing, and the verdict. Rejects if a promise is broken. */
import { checkFold } from './walk';
import { gather } from './cast';
import { heal, relayEntries } from './rest';
import { judge } from './judge';
import { judgeErased, judgeErasedAtRelay, judgeErasedOnDisk } from './judgeErased';
import { Ledger } from './ledger';
import { perform } from './deeds';
import type { Run } from './steps';

/** Gives how often what was done. */
export async function simulate({ steps, ...plan }: Run): Promise<Ledger['counts']> {
	const cast = await gather(plan);
	const ledger = new Ledger();
	const scene = { cast, ledger };
	try {
		for (const step of steps) {
			await perform(step, scene);
			for (const each of cast.living)
				for (const sync of each.device.conversations.values()) if (sync.loaded) checkFold(each, sync);
		}
		const living = cast.living;
		const present = living.filter(({ away }) => !away);
		await heal(cast, present);
		judgeErased(ledger, present);
		if (present.length < living.length) await heal(cast, living);
		judgeErased(ledger, living);
		await judge(scene, living, await relayEntries(cast.host));
		await judgeErasedOnDisk(ledger, living);
		await judgeErasedAtRelay(cast, ledger, living);
		return ledger.counts;
	} catch (error) {
		throw new Error(
			`${error instanceof Error ? error.message : String(error)}\n\n${ledger.story.join('\n')}`,
			{
				cause: error
			}
		);
	} finally {
		await cast.dispose();
	}
}
