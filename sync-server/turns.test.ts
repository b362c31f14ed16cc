import { expect, test } from 'vitest';
import { ALICE, BOB, keptLog } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { Turns } from './turns';
import type { Channel } from './channel';

const HEAVY = 1_000_000;
const turn = () => new Promise((resolve) => setImmediate(resolve));

function setUp() {
	const log = keptLog();
	const done: string[] = [];
	const turns = new Turns(log);
	const closed: number[] = [];
	const channelOf = (userId: string) =>
		// Of a channel it uses these alone.
		({
			userId,
			ended: false,
			roomName: 'r',
			close: (code: number) => closed.push(code)
		}) as unknown as Channel;
	const ask = (channel: Channel, what: string, weight = HEAVY) =>
		turns.add(channel, 'answer', weight, () => done.push(what));
	return { log, done, turns, closed, channelOf, ask };
}

test('users have their turns in turn, however much one of them asks', async () => {
	const { done, channelOf, ask } = setUp();
	for (const what of ['bob 1', 'bob 2', 'bob 3']) ask(channelOf(BOB), what);
	ask(channelOf(ALICE), 'alice');
	expect(done).toEqual([]);
	await turn();
	expect(done).toEqual(['bob 1']);
	await turn();
	expect(done).toEqual(['bob 1', 'alice']);
	await turn();
	await turn();
	expect(done).toEqual(['bob 1', 'alice', 'bob 2', 'bob 3']);
});

test('small things are done together', async () => {
	const { done, channelOf, ask } = setUp();
	for (let i = 0; i < 50; i++) ask(channelOf(BOB), `${i}`, 20);
	await turn();
	expect(done).toHaveLength(50);
});

test('what a channel asks for again is done once, as it was asked for last', async () => {
	const { done, turns, channelOf, ask } = setUp();
	const bob = channelOf(BOB);
	for (let i = 0; i < 1_000; i++) ask(bob, `${i}`);
	turns.add(bob, 'awareness', HEAVY, () => done.push('awareness'));
	for (let i = 0; i < 5; i++) await turn();
	expect(done).toEqual(['999', 'awareness']);
	ask(bob, 'again');
	await turn();
	expect(done).toEqual(['999', 'awareness', 'again']);
});

test('a channel that has ended is passed over, and one whose answer fails is closed for now', async () => {
	const { log, done, turns, closed, channelOf, ask } = setUp();
	const gone = channelOf(BOB);
	ask(gone, 'too late');
	Object.assign(gone, { ended: true });
	turns.add(channelOf(BOB), 'answer', 1, () => {
		throw new Error('a fault');
	});
	ask(channelOf(ALICE), 'alice', 1);
	await turn();
	expect(done).toEqual(['alice']);
	expect(closed).toEqual([CLOSE.unavailable]);
	expect(log.lines.map(({ level }) => level)).toEqual(['error']);
});
