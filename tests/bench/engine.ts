/** The figures of the conversation engine, each beside the naive way, in one run. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { engineReport } from './engineReport';
import { ENGINE_ROWS, type EngineFigures, type EngineRow } from './engineRows';
import { openEngineLab, type EngineLab } from './engineLab';

export interface EngineOptions {
	/** Rows to measure. */
	readonly only: readonly EngineRow[];
	/** Openings at each size and of each arm. */
	readonly runs: number;
	readonly sizes: readonly number[];
	/** Conversations in the list. */
	readonly list: number;
	/** The app is built already, from whatever sources. */
	readonly built: boolean;
}

const results = join(import.meta.dirname, '../../.cache/bench');

export async function benchEngine(options: EngineOptions): Promise<void> {
	const lab = await openEngineLab(options);
	const figures: Partial<EngineFigures> = {};
	try {
		for (const row of options.only) {
			lab.tell(row);
			Object.assign(figures, await measured(row, lab, options));
		}
	} finally {
		await lab.close();
	}
	await mkdir(results, { recursive: true });
	const name = `engine-${new Date().toISOString().replaceAll(':', '-')}.json`;
	await writeFile(join(results, name), JSON.stringify({ options, ...figures }, undefined, '\t'));
	console.log(`\n${engineReport(figures, options)}\n\nAll runs: .cache/bench/${name}`);
}

async function measured(row: EngineRow, lab: EngineLab, options: EngineOptions): Promise<object> {
	return { [row]: await ENGINE_ROWS[row](lab, options) };
}
