/** True if `done` has not settled within so many milliseconds. Rejects as it does. */
export async function whenGivenUp(done: Promise<unknown>, patienceMs: number): Promise<boolean> {
	let stop = () => {};
	const patience = new Promise<true>((resolve) => {
		const timer = setTimeout(() => resolve(true), patienceMs);
		stop = () => clearTimeout(timer);
	});
	try {
		return await Promise.race([done.then(() => false as const), patience]);
	} finally {
		stop();
	}
}
