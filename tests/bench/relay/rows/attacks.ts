/** How late honest people's messages are while somebody attacks the server they are on. */
import { ATTACKS, type Attack } from '../load/attack';
import { LoadProcess } from '../loadProcess';
import { median, ms, table } from '../../figures';
import { serverOf, type Arm } from '../arms';
import { ServerProcess } from '../serverProcess';
import type { FanOutResult } from '../load/fanOut';
import type { Row, RowLab } from './row';

const HONEST = { rooms: 20, members: 10, rate: 200 };
const WARM_UP = { rate: 1_000, ms: 2_000 };
const MEASURED: readonly Arm[] = ['skein', 'stock', 'bare'];

export const attacks: Row = async (lab) => {
	const rows: string[][] = [];
	for (const attack of [undefined, ...ATTACKS]) {
		const cells: string[] = [];
		for (const arm of MEASURED) {
			lab.tell(`${attack ?? 'nobody attacks'}, ${arm}`);
			const runs: FanOutResult[] = [];
			for (let run = 0; run < lab.runs; run++) runs.push(await measure(lab, arm, attack));
			const of = (read: (run: FanOutResult) => number) => median(runs.map(read));
			const arrived = of(({ deliveries, expected }) => (100 * deliveries) / expected);
			const late = `${ms(of(({ p50 }) => p50))} / ${ms(of(({ p99 }) => p99))}`;
			cells.push(arrived >= 100 ? late : `${late} (${arrived.toFixed(0)} % arrived)`);
		}
		rows.push([attack ?? 'none', ...cells]);
	}
	const head = ['attack', ...MEASURED.map((arm) => `${arm}: p50 / p99`)];
	return `### Under attack\n\n${table(head, rows)}`;
};

async function measure(lab: RowLab, arm: Arm, attack: Attack | undefined): Promise<FanOutResult> {
	const server = await ServerProcess.start({ programs: lab.programs, server: serverOf(arm) });
	const attacker = new LoadProcess(lab.programs);
	let attacking: Promise<null> | undefined;
	const begin = async (mark: string) => {
		if (mark !== 'begin' || !attack) return;
		attacking = attacker.run('attack', { attack, arm, port: server.port, forMs: lab.runMs });
	};
	try {
		const plan = { ...HONEST, arm, port: server.port, warmUp: WARM_UP, runMs: lab.runMs };
		return await lab.load.run('fanOut', plan, begin);
	} finally {
		await attacking;
		await attacker.end();
		await server.end();
	}
}
