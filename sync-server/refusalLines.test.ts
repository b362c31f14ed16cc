import { expect, it } from 'vitest';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { keptLog } from './cast.fixture';
import { keptMeters } from './keptMeters.fixture';
import { Refusals } from './refusals';

it('whoever is refused again and again fills no log, and every time is counted', () => {
	const log = keptLog();
	const { meters, refusals, counts } = keptMeters();
	const clock = { ms: 0 };
	const noted = new Refusals({ log, meters, elapsedMs: () => clock.ms });
	for (let i = 0; i < 10_000; i++) noted.note('channel', CLOSE.noSuchRoom, 'no such room', { room: `${i}` });
	expect(refusals).toHaveLength(10_000);
	expect(log.lines.length).toBeLessThan(300);
	const written = log.lines.length;
	clock.ms = 60_000;
	noted.broken('read ECONNRESET');
	expect(log.lines.at(-1)).toMatchObject({ level: 'info', unsaid: 10_000 - written });
	for (let i = 0; i < 1_000; i++) noted.broken('Invalid WebSocket frame');
	expect(counts.socketErrors).toBe(1_001);
	expect(log.lines.length).toBeLessThan(written + 250);
	const unsaid = 1_001 - (log.lines.length - written);
	clock.ms = 120_000;
	noted.note('link', CLOSE.unavailable, 'try again');
	expect(log.lines.at(-1)).toMatchObject({ level: 'info', unsaid });
});
