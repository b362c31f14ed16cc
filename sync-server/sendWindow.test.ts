import { describe, expect, test } from 'vitest';
import { SendWindow } from './sendWindow';

const SLICE = 16_384;
const PING_HEAD_BYTES = 2;

/** A line that holds `bytesPerMs` and takes `tripMs` there and back; sends as much as it may for a while. */
function fill({ bytesPerMs, tripMs, forMs }: { bytesPerMs: number; tripMs: number; forMs: number }) {
	let now = 0;
	const window = new SendWindow(() => now);
	const onLine: { mark: Uint8Array; arrives: number }[] = [];
	let emptyAt = 0;
	let sent = 0;
	let mostWaiting = 0;
	while (now < forMs) {
		while (!window.isFull) {
			emptyAt = Math.max(emptyAt, now) + SLICE / bytesPerMs;
			onLine.push({ mark: window.wrote(SLICE).subarray(PING_HEAD_BYTES), arrives: emptyAt + tripMs });
			sent += SLICE;
		}
		if (now > forMs / 2) mostWaiting = Math.max(mostWaiting, (emptyAt - now) * bytesPerMs);
		const next = onLine.shift()!;
		now = next.arrives;
		window.returned(next.mark);
	}
	return { sent, mostWaiting };
}

describe('the window of what is on its way', () => {
	test('fills a fast line that is long', () => {
		const { sent } = fill({ bytesPerMs: 2_000, tripMs: 100, forMs: 20_000 });
		expect(sent).toBeGreaterThan(0.7 * 2_000 * 20_000);
	});

	test('lets little wait on a slow line, and keeps it busy', () => {
		const { sent, mostWaiting } = fill({ bytesPerMs: 100, tripMs: 50, forMs: 60_000 });
		expect(mostWaiting).toBeLessThan(4 * SLICE);
		expect(sent).toBeGreaterThan(0.8 * 100 * 60_000);
	});

	test('is full until a mark comes back, and opens with a later one too', () => {
		const window = new SendWindow(() => 0);
		window.wrote(SLICE);
		expect(window.isFull).toBe(false);
		const mark = window.wrote(SLICE).subarray(PING_HEAD_BYTES);
		expect(window.isFull).toBe(true);
		window.returned(mark);
		expect(window.isFull).toBe(false);
	});

	test('takes no pong for a mark that is none', () => {
		const window = new SendWindow(() => 0);
		window.wrote(2 * SLICE);
		for (const bytes of [[], [0, 0, 0, 9], [1, 2, 3, 4, 5]]) window.returned(new Uint8Array(bytes));
		expect(window.isFull).toBe(true);
	});
});
