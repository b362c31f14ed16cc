import { describe, expect, it } from 'vitest';
import { ALICE } from './cast.fixture';
import { HeldLog } from './heldLog';

const ITEMS = 1_000;

/** A log whose every item says its number. */
function aLog(): HeldLog {
	const log = new HeldLog(1, ALICE, { items: 0, bytes: 0 });
	for (let i = 0; i < ITEMS; i++) log.append({ length: 1, bytes: textOf(i) });
	return log;
}

const textOf = (i: number) => new TextEncoder().encode(`<item ${i}>`);
const at = (log: HeldLog, clock: number) => [...log.items({ clock, length: 1 })][0]!;
/** All that the log keeps in memory of its items. */
const memoryOf = (log: HeldLog) => at(log, ITEMS - 1).bytes!.buffer as ArrayBuffer;

describe('erasing items of a log', () => {
	it('copies the others a few times in all, not once for each', () => {
		const log = aLog();
		const copies = new Set<ArrayBuffer>([memoryOf(log)]);
		for (let clock = 1; clock < ITEMS - 1; clock += 2) {
			log.erase([{ clock, length: 1 }]);
			copies.add(memoryOf(log));
		}
		expect(copies.size).toBeLessThan(6);
	});

	it('leaves no byte of them in memory, and every other', () => {
		const log = aLog();
		for (let clock = 1; clock < ITEMS - 1; clock += 3) {
			log.erase([{ clock, length: 1 }]);
			const memory = Buffer.from(memoryOf(log));
			expect(memory.includes(`<item ${clock}>`)).toBe(false);
			expect(at(log, clock).bytes).toBeUndefined();
			expect(at(log, clock + 1).bytes).toEqual(textOf(clock + 1));
		}
		const standing = Array.from({ length: ITEMS }, (_, i) => at(log, i).bytes?.length ?? 0);
		expect(log.bytes).toBe(standing.reduce((sum, bytes) => sum + bytes, 0));
	});

	it('makes neighbours one, whichever is erased first, and goes on behind them', () => {
		const log = aLog();
		for (const clock of [5, 3, 4, ITEMS - 1, ITEMS - 2]) log.erase([{ clock, length: 1 }]);
		expect(log.erasedRuns).toBe(2);
		expect(log.size).toBe(ITEMS - 3);
		expect(at(log, 4)).toEqual({ clock: 3, length: 3, bytes: undefined });
		log.append({ length: 2, bytes: undefined });
		log.append({ length: 1, bytes: textOf(7) });
		expect(log.state).toBe(ITEMS + 3);
		expect(at(log, ITEMS + 2).bytes).toEqual(textOf(7));
		expect(log.erased(0, ITEMS + 3).map(({ clock, length }) => [clock, length])).toEqual([
			[3, 3],
			[ITEMS - 2, 4]
		]);
	});
});
