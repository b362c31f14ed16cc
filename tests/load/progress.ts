/** How far a replay is: a bar at a terminal, a line now and then elsewhere. */
import { Presets, SingleBar } from 'cli-progress';
import type { ReplayOptions } from './replayRun';

export type Progress = Required<Pick<ReplayOptions, 'onStage' | 'onLine'>> & { stop(): void };

const LINES_A_REPORT = 500;

export function showProgress(lines: number): Progress {
	return process.stdout.isTTY ? bar(lines) : plain(lines);
}

function bar(lines: number): Progress {
	const single = new SingleBar(
		{ format: '{stage} [{bar}] {value}/{total}', hideCursor: true },
		Presets.shades_classic
	);
	single.start(lines, 0, { stage: 'setting up' });
	return {
		onStage: (stage) => single.update({ stage }),
		onLine: (played) => single.update(played),
		stop: () => single.stop()
	};
}

function plain(lines: number): Progress {
	return {
		onStage: (stage) => console.log(`${stage} ...`),
		onLine: (played) => {
			if (played % LINES_A_REPORT === 0) console.log(`${played} of ${lines} lines`);
		},
		stop: () => {}
	};
}
