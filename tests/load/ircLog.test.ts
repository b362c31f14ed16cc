import { describe, expect, it } from 'vitest';
import { createReplayClock } from './replayClock';
import { generateLines, nicksOf, parseIrcLog } from './ircLog';
import { seededRandom } from './seededRandom';

describe('an IRC log', () => {
	it('is read line by line, with what nobody said counted apart', () => {
		const log =
			'[10:00] <ann> hi: <b> there\n=== ben has joined #x\n[10:01]  * ann waves\n\n[10:02] <[ben]> \r\n';
		expect(parseIrcLog(log)).toEqual({
			lines: [
				{ nick: 'ann', text: 'hi: <b> there' },
				{ nick: '[ben]', text: '' }
			],
			passedOver: 2
		});
	});

	it('has its busiest nicks first, equal ones by name', () => {
		const nicks = ['cy', 'ben', 'ann', 'ben'].map((nick) => ({ nick, text: '' }));
		expect(nicksOf(nicks)).toEqual(['ben', 'ann', 'cy']);
	});

	it('can be made up, the same from the same seed', () => {
		const generate = (seed: number) => generateLines(seededRandom(seed), { count: 50, nicks: 5 });
		expect(generate(1)).toEqual(generate(1));
		expect(generate(1)).not.toEqual(generate(2));
		expect(new Set(generate(1).map(({ text }) => text)).size).toBe(50);
	});
});

describe('the clock of a replay', () => {
	it('advances by at least a millisecond a line, and never falls behind the wall', () => {
		let wall = 100;
		const clock = createReplayClock(() => wall);
		const times = Array.from({ length: 5 }, () => {
			clock.nextLine();
			return clock.now();
		});
		expect(times).toEqual([100, 101, 102, 103, 104]);
		wall = 1_000;
		clock.nextLine();
		expect(clock.now()).toBeGreaterThanOrEqual(1_000);
	});
});
