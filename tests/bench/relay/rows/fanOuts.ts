/** Deliveries for each second of the server's CPU, and how late they are, at the same offered load. */
import { ARMS, serverOf, type Arm } from '../arms';
import { median, ms, table } from '../../figures';
import { ServerProcess } from '../serverProcess';
import type { FanOutResult } from '../load/fanOut';
import type { Row, RowLab } from './row';

export interface Conversations {
	readonly rooms: number;
	readonly members: number;
	/** Messages a second, over all rooms: on a quiet day, and about as many as the stock server can take for long. */
	readonly rates: readonly number[];
}

interface Run extends FanOutResult {
	readonly arm: Arm;
	readonly rate: number;
	/** Of the server, while it was measured. */
	readonly cpuSeconds: number;
}

const WARM_UP_MS = 3_000;

export const fanOuts =
	(conversations: Conversations): Row =>
	async (lab) => {
		const runs: Run[] = [];
		for (const rate of conversations.rates)
			for (let run = 1; run <= lab.runs; run++)
				for (const arm of ARMS) {
					lab.tell(`${nameOf(conversations)} at ${rate} a second, ${arm}: ${run} of ${lab.runs}`);
					runs.push(await measure(lab, { ...conversations, arm, rate }));
				}
		return report(conversations, runs);
	};

async function measure(
	{ programs, load, runMs, profile }: RowLab,
	of: Conversations & { readonly arm: Arm; readonly rate: number }
): Promise<Run> {
	const { arm, rate, rooms, members, rates } = of;
	const server = await ServerProcess.start({ programs, server: serverOf(arm), profile });
	const used: number[] = [];
	try {
		const warmUp = { rate: Math.max(...rates), ms: WARM_UP_MS };
		const plan = { arm, rate, rooms, members, warmUp, runMs, port: server.port };
		const result = await load.run('fanOut', plan, async () => {
			used.push((await server.usage()).cpuSeconds);
		});
		return { arm, rate, ...result, cpuSeconds: used[1]! - used[0]! };
	} finally {
		await server.end();
	}
}

const nameOf = ({ rooms, members }: Conversations) => `${rooms.toLocaleString('en')} × ${members}`;

function report(conversations: Conversations, runs: readonly Run[]): string {
	const rows = conversations.rates.flatMap((rate) => {
		const of = (arm: Arm, read: (run: Run) => number) =>
			median(runs.filter((run) => run.arm === arm && run.rate === rate).map(read));
		const efficiency = (arm: Arm) => of(arm, ({ deliveries, cpuSeconds }) => deliveries / cpuSeconds);
		return ARMS.map((arm) => [
			`${rate.toLocaleString('en')} a second`,
			arm,
			efficiency(arm).toFixed(0),
			(efficiency(arm) / efficiency('stock')).toFixed(2),
			(efficiency(arm) / efficiency('bare')).toFixed(2),
			of(arm, ({ deliveries, expected }) => (100 * deliveries) / expected).toFixed(1),
			ms(of(arm, ({ p50 }) => p50)),
			ms(of(arm, ({ p99 }) => p99))
		]);
	});
	const head = [
		'messages',
		'server',
		'deliveries a CPU second',
		'/ stock',
		'/ bare',
		'% arrived',
		'p50',
		'p99'
	];
	return `### ${nameOf(conversations)} members\n\n${table(head, rows)}`;
}
