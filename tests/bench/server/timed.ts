/** How long each run of something takes, in milliseconds. */
export async function timed(action: () => Promise<unknown>): Promise<number> {
	const from = performance.now();
	await action();
	return performance.now() - from;
}

export async function repeated(runs: number, action: (run: number) => Promise<unknown>): Promise<number[]> {
	const took: number[] = [];
	for (let run = 0; run < runs; run++) took.push(await timed(() => action(run)));
	return took;
}
