import type { SimDevice } from './simDevice';

/** How long devices may take to come to rest, in milliseconds of real time on a busy machine. */
const REST_MS = 15_000;
/** Between two looks at what no device tells of, as the relay's disk. */
const LOOK_EVERY_MS = 10;

/**
 * Waits until `missing` finds nothing more, looking again as devices change. Rejects with what it found last if there
 * is no rest in time.
 */
export async function until(
	devices: readonly SimDevice[],
	what: string,
	missing: () => unknown | Promise<unknown>
): Promise<void> {
	const end = performance.now() + REST_MS;
	for (;;) {
		const found = await missing();
		if (found === undefined) return;
		if (performance.now() > end) throw new Error(`no rest: ${what}: ${describe(found)}`);
		await nextChange(devices);
	}
}

function describe(found: unknown): string {
	if (typeof found === 'string') return found;
	const { name, device } = found as SimDevice;
	const rooms = device.conversations
		.values()
		.map(
			(sync) => `${sync.id.slice(-2)} ${sync.synced ? 'synced' : 'not synced'} ${sync.openSegments.join()}`
		);
	return `${name} is ${device.syncState}, ${device.unsent} unsent, ${device.conversationsLeft} left, ${rooms.join('; ')}`;
}

function nextChange(devices: readonly SimDevice[]): Promise<void> {
	return new Promise((resolve) => {
		const stops = devices.filter(({ lost }) => !lost).map(({ device }) => device.onChange(end));
		const timer = setTimeout(end, LOOK_EVERY_MS);
		function end(): void {
			clearTimeout(timer);
			for (const stop of stops) stop();
			// In a turn of its own: what told of the change is still at work.
			setImmediate(resolve);
		}
	});
}
