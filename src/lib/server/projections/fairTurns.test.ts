import { beforeEach, describe, expect, it } from 'vitest';
import { FairTurns } from './fairTurns';

/** What was begun, in order. */
let begun: string[];
/** What is worked on: by name, the way to be done with it. */
let working: Map<string, () => void>;
let turn: (() => void) | undefined;
let turns: FairTurns;

beforeEach(() => {
	[begun, working, turn] = [[], new Map(), undefined];
	turns = new FairTurns({
		work: (name) => {
			begun.push(name);
			return new Promise((done) => working.set(name, done));
		},
		nextTurn: (callback) => (turn = callback),
		ownMax: 2,
		allMax: 3,
		beginMax: 2
	});
});

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** The event loop goes round until nothing more is begun. */
async function goRound(): Promise<void> {
	for (let due = turn; due; due = turn) {
		turn = undefined;
		due();
		await settle();
	}
}

async function finish(...names: readonly string[]): Promise<void> {
	for (const name of names) working.get(name)?.();
	await settle();
	await goRound();
}

describe('whoever has much to be done', () => {
	it('takes turns with those who come later', async () => {
		void turns.add('crowd', ['c1', 'c2', 'c3', 'c4']);
		await goRound();
		expect(begun).toEqual(['c1', 'c2']);
		void turns.add('alice', ['a1']);
		await goRound();
		expect(begun).toEqual(['c1', 'c2', 'a1']);
		void turns.add('bob', ['b1']);
		await finish('c1', 'c2', 'a1');
		expect(begun.slice(3)).toEqual(['c3', 'b1', 'c4']);
	});

	it('is served small things first of what is their own', async () => {
		void turns.add('crowd', ['c1', 'c2', 'c3', 'c4']);
		await goRound();
		void turns.add('crowd', ['small']);
		await finish('c1');
		expect(begun).toEqual(['c1', 'c2', 'small']);
	});
});

it('no more is worked on at once than is good for all together', async () => {
	for (const owner of ['alice', 'bob']) void turns.add(owner, [`${owner}1`, `${owner}2`]);
	await goRound();
	expect(begun).toEqual(['alice1', 'bob1', 'alice2']);
	await finish('alice1');
	expect(begun).toEqual(['alice1', 'bob1', 'alice2', 'bob2']);
});

it('no more is begun in one turn than the event loop can bear', async () => {
	for (const owner of ['alice', 'bob', 'carol']) void turns.add(owner, [owner]);
	turn?.();
	await settle();
	expect(begun).toEqual(['alice', 'bob']);
	await goRound();
	expect(begun).toEqual(['alice', 'bob', 'carol']);
});

it('what is added while it is worked on is worked on again, behind that', async () => {
	void turns.add('alice', ['both']);
	await goRound();
	let isDone = false;
	void turns.add('bob', ['both']).then(() => (isDone = true));
	await goRound();
	expect(begun).toEqual(['both']);
	await finish('both');
	expect([begun, isDone]).toEqual([['both', 'both'], false]);
	await finish('both');
	expect(isDone).toBe(true);
});

it('whoever waits goes on when nothing is begun any more', async () => {
	const waiting = turns.add('crowd', ['c1', 'c2', 'c3']);
	turns.stop();
	await goRound();
	await waiting;
	expect(begun).toEqual([]);
});
