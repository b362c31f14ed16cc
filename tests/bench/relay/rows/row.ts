import type { LoadProcess } from '../loadProcess';
import type { Programs } from '../programs';

/** What a row is measured with. */
export interface RowLab {
	readonly programs: Programs;
	readonly load: LoadProcess;
	/** How often each arm is measured, arms in turn. */
	readonly runs: number;
	/** Of the measuring of one run, where that is a matter of choice. */
	readonly runMs: number;
	/** Says how far it is. */
	readonly tell: (line: string) => void;
	/** Where to put profiles of the servers' CPU. */
	readonly profile: string | undefined;
}

/** Measures, and gives what was found as Markdown. */
export type Row = (lab: RowLab) => Promise<string>;
