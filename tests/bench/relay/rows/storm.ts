/** 2,000 devices whose line breaks at the same moment, and who come back at once. */
import { median, ms, percentile, table } from '../../figures';
import { serverOf, type Arm } from '../arms';
import { ServerProcess } from '../serverProcess';
import type { Row, RowLab } from './row';
import type { StormResult } from '../load/storm';

const STORM = { rooms: 200, members: 10, messages: 100 };
const MEASURED: readonly Arm[] = ['skein', 'skein, a socket a room', 'stock', 'bare'];

export const storm: Row = async (lab) => {
	const rows: string[][] = [];
	for (const arm of MEASURED) {
		lab.tell(`storm, ${arm}`);
		const runs: (StormResult & { readonly cpuSeconds: number })[] = [];
		for (let run = 0; run < lab.runs; run++) runs.push(await measure(lab, arm));
		const all = (share: number) => ms(median(runs.map(({ syncedMs }) => percentile(syncedMs, share))));
		rows.push([
			arm,
			all(0.5),
			all(0.99),
			all(1),
			ms(1_000 * median(runs.map(({ cpuSeconds }) => cpuSeconds))),
			`${(median(runs.map(({ bytes, syncedMs }) => bytes / syncedMs.length)) / 1_000).toFixed(1)} kB`
		]);
	}
	const head = ['server', 'synced: p50', 'p99', 'last', "server's CPU", 'bytes a device'];
	return `### 2,000 devices come back at once\n\n${table(head, rows)}`;
};

async function measure(
	{ programs, load }: RowLab,
	arm: Arm
): Promise<StormResult & { readonly cpuSeconds: number }> {
	const server = await ServerProcess.start({ programs, server: serverOf(arm) });
	try {
		const used: number[] = [];
		const result = await load.run('storm', { ...STORM, arm, port: server.port }, async () => {
			used.push((await server.usage()).cpuSeconds);
		});
		return { ...result, cpuSeconds: used[1]! - used[0]! };
	} finally {
		await server.end();
	}
}
