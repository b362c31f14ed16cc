/** Looks at the progress so many times before it gives up. */
const LOOKS = 30;

/**
 * True if `done` has not settled while `progress` stood still for so many milliseconds of real time. Rejects as `done`
 * does.
 */
export async function whenGivenUp(
	done: Promise<unknown>,
	patienceMs: number,
	progress: () => number = () => 0
): Promise<boolean> {
	let stop = () => {};
	const patience = new Promise<true>((resolve) => {
		let [seen, looks] = [progress(), 0];
		const timer = setInterval(() => {
			const now = progress();
			looks = now === seen ? looks + 1 : 0;
			seen = now;
			if (looks >= LOOKS) resolve(true);
		}, patienceMs / LOOKS);
		stop = () => clearInterval(timer);
	});
	try {
		return await Promise.race([done.then(() => false as const), patience]);
	} finally {
		stop();
	}
}
