import type { ReplayDevice } from './replayDevice';

/**
 * Waits until `condition` holds, looking again with every change of a device. Returns false if it did not hold within
 * `limitMs` milliseconds of real time.
 */
export function until(
	devices: readonly ReplayDevice[],
	condition: () => boolean,
	limitMs: number
): Promise<boolean> {
	if (condition()) return Promise.resolve(true);
	return new Promise((resolve) => {
		const stops = devices.map(({ device }) => device.onChange(look));
		const timer = setTimeout(() => finish(false), limitMs);
		function look(): void {
			if (condition()) finish(true);
		}
		function finish(held: boolean): void {
			clearTimeout(timer);
			for (const stop of stops) stop();
			resolve(held);
		}
	});
}
