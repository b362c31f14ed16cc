/** Deliveries for each second of the server's CPU, and how late they are, at the same offered load. */
import { ServerProcess } from './serverProcess';
import { serverOf, type Arm } from './arms';
import type { FanOutResult } from './load/fanOut';
import type { LoadProcess } from './loadProcess';
import type { Programs } from './programs';

export interface FanOutRow {
	readonly rooms: number;
	readonly members: number;
	/** Messages a second, over all rooms. */
	readonly rate: number;
}

export interface FanOutRun extends FanOutRow, FanOutResult {
	readonly arm: Arm;
	/** Of the server, while it was measured. */
	readonly cpuSeconds: number;
}

export async function measureFanOut(
	{ programs, load, profile }: { programs: Programs; load: LoadProcess; profile?: string },
	row: FanOutRow & { readonly arm: Arm; readonly runMs: number; readonly warmUpMs: number }
): Promise<FanOutRun> {
	const server = await ServerProcess.start({ programs, server: serverOf(row.arm), profile });
	const used: number[] = [];
	try {
		const result = await load.run('fanOut', { ...row, port: server.port }, async () => {
			used.push((await server.usage()).cpuSeconds);
		});
		return { ...row, ...result, cpuSeconds: used[1]! - used[0]! };
	} finally {
		await server.end();
	}
}
