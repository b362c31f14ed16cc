/** A login that is refused. */
import { enter } from './accounts';
import { median, ms, percentile, spread, table } from '../figures';
import { repeated, timed } from './timed';
import type { RelayProcess } from '../../kit/relayProcess';
import type { ServerOptions } from './serverOptions';

/** Whether the time of a refused login tells that there is such an account. */
export async function refusals(server: RelayProcess, { runs }: ServerOptions): Promise<string> {
	const attempt = (username: string) => () => enter(server, 'login', username, 'not the password');
	const arms = { unknown: [] as number[], wrong: [] as number[], again: [] as number[] };
	await repeated(5, attempt('few'));
	// In turns, so that whatever else the machine does falls on all of them.
	for (let run = 0; run < 5 * runs; run++) {
		arms.unknown.push(await timed(attempt(`nobody${run}`)));
		arms.wrong.push(await timed(attempt('few')));
		arms.again.push(await timed(attempt('few')));
	}
	const noise = Math.abs(median(arms.wrong) - median(arms.again));
	const told = Math.abs(median(arms.wrong) - median(arms.unknown));
	return table(
		['A login that is refused', 'median (10 % – 90 %)', '99 %'],
		[
			['nobody of that name', spread(arms.unknown), ms(percentile(arms.unknown, 0.99))],
			['a wrong password', spread(arms.wrong), ms(percentile(arms.wrong, 0.99))],
			['the same again', spread(arms.again), ms(percentile(arms.again, 0.99))],
			['between the first two medians', ms(told), ''],
			['between the last two: noise', ms(noise), '']
		]
	);
}
