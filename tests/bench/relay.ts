/** What the relay does for its CPU, beside the stock server and a bare broadcast, in one run. */
import { ARMS } from './relay/arms';
import { buildPrograms } from './relay/programs';
import { LoadProcess } from './relay/loadProcess';
import { measureFanOut, type FanOutRow, type FanOutRun } from './relay/fanOuts';
import { median, ms, table } from './figures';

/** The same load is offered to every arm. */
const ROWS: readonly FanOutRow[] = [
	{ rooms: 20, members: 10, rate: 400 },
	{ rooms: 1_000, members: 2, rate: 1_000 },
	{ rooms: 1, members: 500, rate: 20 }
];

export interface RelayOptions {
	/** Runs of each row and arm, arms in turn. */
	readonly runs: number;
	readonly runMs: number;
}

export async function benchRelay({ runs, runMs }: RelayOptions): Promise<void> {
	const programs = await buildPrograms();
	const load = new LoadProcess(programs);
	const done: FanOutRun[] = [];
	try {
		for (const row of ROWS)
			for (let run = 0; run < runs; run++)
				for (const arm of ARMS) {
					done.push(await measureFanOut({ programs, load }, { ...row, arm, runMs, warmUpMs: runMs / 2 }));
					console.log(`${row.rooms} × ${row.members}, ${arm}: ${run + 1} of ${runs}`);
				}
	} finally {
		await load.end();
	}
	console.log(`\n${report(done)}`);
}

function report(runs: readonly FanOutRun[]): string {
	const rows = ROWS.flatMap((row) =>
		ARMS.map((arm) => {
			const own = runs.filter((run) => run.arm === arm && run.rooms === row.rooms);
			const of = (read: (run: FanOutRun) => number) => median(own.map(read));
			return [
				`${row.rooms} × ${row.members}`,
				arm,
				of(({ deliveries, cpuSeconds }) => deliveries / cpuSeconds).toFixed(0),
				of(({ deliveries, expected }) => (100 * deliveries) / expected).toFixed(1),
				ms(of(({ p50 }) => p50)),
				ms(of(({ p99 }) => p99))
			];
		})
	);
	return table(['rooms × members', 'server', 'deliveries a CPU second', '% arrived', 'p50', 'p99'], rows);
}
