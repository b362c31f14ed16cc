import { describe, expect, it } from 'vitest';
import { infoFacts, readInfo, type Info } from './info';
import type { AnyValue } from './boundedAny';
import type { Facts } from './facts';

const ALICE = 'a'.repeat(16);
const BOB = 'b'.repeat(16);
const CAROL = 'c'.repeat(16);
const DAVE = 'd'.repeat(16);

const held = (facts: Iterable<[string, AnyValue]>): Facts =>
	new Map([...facts].map(([key, value]) => [key, { value, stamp: { ms: 1, counter: 0 }, client: 1, s: 0 }]));

const info: Info = {
	kind: 'group',
	name: 'Trip',
	description: 'Who brings what',
	picture: 'p2',
	history: 'joining',
	joining: 'request',
	live: 2,
	members: new Map([
		[ALICE, 'owner'],
		[BOB, 'member']
	]),
	firstSegments: new Map([[BOB, 2]]),
	joined: new Map([[BOB, 1_700_000_000_000]]),
	gone: new Map([[DAVE, { removed: true, at: 1_700_000_000_000 }]]),
	asking: new Map([[CAROL, { id: CAROL, username: 'carol', displayName: 'Carol' }]]),
	people: new Map([
		[ALICE, { id: ALICE, username: 'alice', displayName: 'Alice' }],
		[BOB, { id: BOB, username: 'bob', displayName: 'Bob', about: 'At sea', picture: 'p1' }]
	])
};

describe('the info of a conversation', () => {
	it('reads back from the facts that say it', () => {
		expect(readInfo(held(infoFacts(info)))).toEqual(info);
	});

	it('is not there before the kind is known', () => {
		expect(readInfo(held([['name', 'Trip']]))).toBeUndefined();
		expect(readInfo(held([['kind', 'channel']]))).toBeUndefined();
	});

	it('passes over what is taken back, unknown or of a wrong type', () => {
		const facts = held([
			['kind', 'direct'],
			['name', 5],
			['description', 5],
			['history', 'never'],
			['joining', 1],
			[`asking/${ALICE}`, null],
			['live', 'x'],
			[`member/${ALICE}`, null],
			[`member/${BOB}`, { role: 'king' }],
			[`member/${CAROL}`, { role: 'member', from: '2', joined: 'yesterday' }],
			[`person/${ALICE}`, 'Alice'],
			[`person/${BOB}`, { username: 'bob', displayName: '' }],
			[`gone/${ALICE}`, null],
			[`gone/${BOB}`, { removed: 1, at: 5 }],
			[`gone/${CAROL}`, { removed: true, at: 'yesterday' }],
			['later', { a: 1 }]
		]);
		expect(readInfo(facts)).toEqual({
			kind: 'direct',
			name: '',
			description: '',
			history: 'start',
			joining: 'open',
			live: 0,
			members: new Map([[CAROL, 'member']]),
			firstSegments: new Map(),
			joined: new Map(),
			gone: new Map([[BOB, { removed: false, at: 5 }]]),
			asking: new Map(),
			people: new Map([[BOB, { id: BOB, username: 'bob', displayName: 'bob' }]])
		});
	});
});
