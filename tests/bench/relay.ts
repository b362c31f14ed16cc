/** The relay beside the stock server and a bare broadcast, in one run, under the load of a process of its own. */
import { attacks } from './relay/rows/attacks';
import { buildPrograms } from './relay/programs';
import { fanOuts } from './relay/rows/fanOuts';
import { LoadProcess } from './relay/loadProcess';
import { memory } from './relay/rows/memory';
import { resync } from './relay/rows/resync';
import { startUp } from './relay/rows/startUp';
import { storm } from './relay/rows/storm';
import type { Row, RowLab } from './relay/rows/row';

const ROWS: Readonly<Record<string, Row>> = {
	'20x10': fanOuts({ rooms: 20, members: 10, rates: [200, 2_000] }),
	'1000x2': fanOuts({ rooms: 1_000, members: 2, rates: [500, 4_000] }),
	'1x500': fanOuts({ rooms: 1, members: 500, rates: [10, 60] }),
	attacks,
	memory,
	resync,
	storm,
	startUp
};

export interface RelayBenchOptions extends Pick<RowLab, 'runs' | 'runMs' | 'profile'> {
	/** Names of rows; all of them if there is none. */
	readonly only: readonly string[];
}

export async function benchRelay({ only, ...options }: RelayBenchOptions): Promise<void> {
	const unknown = only.find((name) => !Object.hasOwn(ROWS, name));
	if (unknown !== undefined)
		throw new Error(`there is no row ${unknown}, only ${Object.keys(ROWS).join(', ')}`);
	const programs = await buildPrograms();
	const load = new LoadProcess(programs);
	const tell = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
	try {
		for (const name of only.length > 0 ? only : Object.keys(ROWS))
			console.log(`\n${await ROWS[name]!({ ...options, programs, load, tell })}\n`);
	} finally {
		await load.end();
	}
}
