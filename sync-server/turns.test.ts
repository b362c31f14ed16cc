import { expect, test } from 'vitest';
import { ALICE, BOB, keptLog } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { ManualTimers } from './manualTimers.fixture';
import { Turns } from './turns';
import type { Channel } from './channel';

/** Milliseconds that are far more than a turn of the event loop has. */
const LONG = 50;
const turn = () => new Promise((resolve) => setImmediate(resolve));

function setUp() {
	const log = keptLog();
	const timers = new ManualTimers();
	const clock = { ms: 0 };
	const done: string[] = [];
	const charged: [string, number][] = [];
	const closed: number[] = [];
	/** Milliseconds that a user is to rest behind their next piece. */
	const rests: number[] = [];
	const charge = (user: string, ms: number) => {
		charged.push([user, ms]);
		return rests.shift() ?? 0;
	};
	const turns = new Turns({ log, timers, elapsedMs: () => clock.ms, charge });
	const channelOf = (userId: string) =>
		// Of a channel it uses these alone.
		({
			userId,
			ended: false,
			roomName: 'r',
			close: (code: number) => closed.push(code)
		}) as unknown as Channel;
	const doing = (what: string, ms = LONG) => {
		clock.ms += ms;
		done.push(what);
	};
	const ask = (channel: Channel, what: string, ms = LONG) =>
		turns.add(channel, 'answer', () => doing(what, ms));
	const read = (user: string, what: string, ms = LONG) => turns.read(user, () => doing(what, ms));
	return { log, timers, done, charged, rests, turns, closed, channelOf, ask, read, doing };
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

test('whose piece took long has the next one when others have had as much', async () => {
	const { done, channelOf, ask } = setUp();
	for (const what of ['bob 1', 'bob 2']) ask(channelOf(BOB), what);
	for (let i = 1; i <= 15; i++) ask(channelOf(ALICE), `alice ${i}`, LONG / 10);
	while (done.length < 17) await turn();
	expect(done.indexOf('bob 2') - done.indexOf('bob 1')).toBeGreaterThanOrEqual(10);
	expect(done.indexOf('bob 2')).toBeLessThan(16);
});

test('who asks while a long piece of another is done comes before their next one', async () => {
	const { done, channelOf, ask } = setUp();
	for (const what of ['bob 1', 'bob 2', 'bob 3']) ask(channelOf(BOB), what);
	await turn();
	ask(channelOf(ALICE), 'alice');
	for (let i = 0; i < 3; i++) await turn();
	expect(done).toEqual(['bob 1', 'alice', 'bob 2', 'bob 3']);
});

test('who sends many small things has as many of them done in a round as others have time for one', async () => {
	const { done, read } = setUp();
	const others = Array.from({ length: 8 }, (_, i) => `other ${i}`);
	for (const piece of [1, 2, 3]) for (const other of others) read(other, `${other} ${piece}`, 2);
	const small = Array.from({ length: 8 }, (_, i) => `small ${i}`);
	for (const what of small) read(ALICE, what, 0.1);
	while (done.length < 3 * others.length + small.length) await turn();
	const lastSmall = done.indexOf(small.at(-1)!);
	for (const other of others) expect(done.indexOf(`${other} 3`), other).toBeGreaterThan(lastSmall);
});

test('small things are done together', async () => {
	const { done, channelOf, ask } = setUp();
	for (let i = 0; i < 50; i++) ask(channelOf(BOB), `${i}`, 0.01);
	await turn();
	expect(done).toHaveLength(50);
});

test('what a channel asks for again is done once, as it was asked for last', async () => {
	const { done, turns, channelOf, ask, doing } = setUp();
	const bob = channelOf(BOB);
	for (let i = 0; i < 1_000; i++) ask(bob, `${i}`);
	turns.add(bob, 'awareness', () => doing('awareness'));
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
	turns.add(channelOf(BOB), 'answer', () => {
		throw new Error('a fault');
	});
	ask(channelOf(ALICE), 'alice', 1);
	await turn();
	expect(done).toEqual(['alice']);
	expect(closed).toEqual([CLOSE.unavailable]);
	expect(log.lines.map(({ level }) => level)).toEqual(['error']);
});

test('what comes in is read at once while the turn has time for it, and others are read before the rest of it', async () => {
	const { done, read } = setUp();
	for (const what of ['bob 1', 'bob 2', 'bob 3']) read(BOB, what);
	read(ALICE, 'alice 1');
	expect(done).toEqual(['bob 1']);
	for (let i = 0; i < 4; i++) await turn();
	expect(done).toEqual(['bob 1', 'bob 2', 'alice 1', 'bob 3']);
	read(ALICE, 'alice 2', 1);
	read(BOB, 'bob 4', 1);
	expect(done.slice(4)).toEqual(['alice 2', 'bob 4']);
});

test("what a user's devices send is read in the order in which it came", async () => {
	const { done, read, channelOf, ask } = setUp();
	read(BOB, '1');
	read(BOB, '2', 0);
	ask(channelOf(BOB), '3', 0);
	read(BOB, '4', 0);
	await turn();
	read(BOB, '5', 0);
	await turn();
	expect(done).toEqual(['1', '2', '3', '4', '5']);
});

test('what is gone on with comes before all else of the user, until there is no more of it', async () => {
	const { done, read, turns, doing } = setUp();
	read(BOB, 'first');
	read(BOB, 'last');
	const held = ['held 1', 'held 2', 'held 3'];
	turns.goOn(BOB, () => {
		doing(held.shift()!);
		return held.length > 0;
	});
	for (let i = 0; i < 5; i++) await turn();
	expect(done).toEqual(['first', 'held 1', 'held 2', 'held 3', 'last']);
});

test('in the midst of a piece, too, what is gone on with comes next, and nothing is done twice', async () => {
	const { done, turns, read, doing } = setUp();
	read(BOB, 'before');
	turns.read(BOB, () => {
		doing('opens');
		turns.goOn(BOB, () => {
			doing('held');
			return false;
		});
	});
	read(BOB, 'behind');
	for (let i = 0; i < 5; i++) await turn();
	expect(done).toEqual(['before', 'opens', 'held', 'behind']);
});

test('a channel is welcomed before what else its user has sent, in the order of the channels', async () => {
	const { done, read, turns, channelOf, doing } = setUp();
	read(BOB, 'open', 0);
	read(BOB, 'long');
	for (let i = 0; i < 3; i++) read(BOB, `frame ${i}`);
	for (const i of [1, 2]) turns.add(channelOf(BOB), 'welcome', () => doing(`welcome ${i}`));
	for (let i = 0; i < 8; i++) await turn();
	expect(done).toEqual(['open', 'long', 'welcome 1', 'welcome 2', 'frame 0', 'frame 1', 'frame 2']);
});

test('who has had their share of the time waits until they have paid, and others do not', async () => {
	const { done, charged, rests, read, timers } = setUp();
	rests.push(2_000);
	for (const what of ['bob 1', 'bob 2']) read(BOB, what);
	for (let i = 0; i < 3; i++) await turn();
	read(ALICE, 'alice');
	read(BOB, 'bob 3');
	for (let i = 0; i < 3; i++) await turn();
	expect(done).toEqual(['bob 1', 'alice']);
	timers.advance(2_000);
	for (let i = 0; i < 3; i++) await turn();
	expect(done).toEqual(['bob 1', 'alice', 'bob 2', 'bob 3']);
	expect(charged.slice(0, 2)).toEqual([
		[BOB, LONG],
		[ALICE, LONG]
	]);
});

test('a fault in what one sends keeps nobody else from being read', async () => {
	const { done, log, turns, read } = setUp();
	turns.read(BOB, () => {
		throw new Error('a fault');
	});
	read(BOB, 'bob', 1);
	read(ALICE, 'alice', 1);
	expect(done).toEqual(['bob', 'alice']);
	expect(log.lines.map(({ level }) => level)).toEqual(['error']);
});

test('thousands of small things of one user are all done, in order', async () => {
	const { done, read } = setUp();
	for (let i = 0; i < 5_000; i++) read(BOB, `${i}`, 0.01);
	while (done.length < 5_000) await turn();
	expect(done).toEqual(Array.from({ length: 5_000 }, (_, i) => `${i}`));
});
