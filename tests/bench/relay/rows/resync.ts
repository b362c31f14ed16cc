/** What it costs a device that was away to bring its conversations up to date, by how many there are and how many changed. */
import { median, ms, table } from '../../figures';
import { serverOf, type Arm } from '../arms';
import { ServerProcess } from '../serverProcess';
import type { ResyncResult } from '../load/resync';
import type { Row, RowLab } from './row';

const MESSAGES = 100;
const MEASURED: readonly Arm[] = ['skein', 'skein, a socket a room', 'stock'];
const CASES: readonly {
	readonly conversations: number;
	readonly changed: number;
	readonly arms: readonly Arm[];
}[] = [
	{ conversations: 500, changed: 10, arms: MEASURED },
	{ conversations: 500, changed: 100, arms: MEASURED },
	// The relay lets a user have 1,000 sockets, and 5,000 rooms on a link.
	{ conversations: 2_000, changed: 10, arms: ['skein', 'stock'] }
];

export const resync: Row = async (lab) => {
	const rows: string[][] = [];
	for (const { conversations, changed, arms } of CASES)
		for (const arm of arms) {
			lab.tell(`${conversations} conversations, ${changed} changed, ${arm}`);
			const runs: (ResyncResult & { readonly cpuMs: number })[] = [];
			for (let run = 0; run < lab.runs; run++) runs.push(await measure(lab, arm, { conversations, changed }));
			const of = (key: keyof (typeof runs)[number]) => median(runs.map((run) => run[key]));
			rows.push([
				`${changed} of ${conversations.toLocaleString('en')}`,
				arm,
				of('synced').toLocaleString('en'),
				`${(of('bytes') / 1_000).toFixed(1)} kB`,
				String(of('roundTrips')),
				ms(of('ms')),
				ms(of('cpuMs'))
			]);
		}
	const head = ['changed', 'server', 'rooms opened', 'bytes', 'round trips', 'time', "server's CPU"];
	return `### Coming back\n\n${table(head, rows)}`;
};

async function measure(
	{ programs, load }: RowLab,
	arm: Arm,
	of: { readonly conversations: number; readonly changed: number }
): Promise<ResyncResult & { readonly cpuMs: number }> {
	const server = await ServerProcess.start({ programs, server: serverOf(arm) });
	try {
		const used: number[] = [];
		const plan = { ...of, arm, port: server.port, messages: MESSAGES };
		const result = await load.run('resync', plan, async () => {
			used.push((await server.usage()).cpuSeconds);
		});
		return { ...result, cpuMs: 1_000 * (used[1]! - used[0]!) };
	} finally {
		await server.end();
	}
}
