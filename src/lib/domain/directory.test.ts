import { describe, expect, it } from 'vitest';
import { directConversationId } from './ids';
import { directoryFacts, readDirectory, type Directory } from './directory';
import type { AnyValue } from './boundedAny';
import type { Facts } from './facts';

const ALICE = 'a'.repeat(16);
const BOB = 'b'.repeat(16);
const GROUP = '018bcfe5-6800-7000-8000-000000000000';
const DIRECT = directConversationId(ALICE, BOB);

const held = (facts: Iterable<[string, AnyValue]>): Facts =>
	new Map([...facts].map(([key, value]) => [key, { value, stamp: { ms: 1, counter: 0 }, client: 1, s: 0 }]));

describe('a directory', () => {
	it('reads back from the facts that say it', () => {
		const directory: Directory = {
			self: { username: 'alice', displayName: 'Alice', about: 'Ashore', picture: 'p1' },
			conversations: new Map([
				[GROUP, { id: GROUP, kind: 'group' }],
				[
					DIRECT,
					{
						id: DIRECT,
						kind: 'direct',
						peer: { id: BOB, username: 'bob', displayName: 'Bob', picture: 'p2' }
					}
				]
			]),
			asked: new Map([
				['018bcfe5-6800-7000-8000-000000000001', { name: 'Boats', declined: false }],
				['018bcfe5-6800-7000-8000-000000000002', { name: 'Ships', declined: true }]
			]),
			blocked: new Map([[BOB, { id: BOB, username: 'bob', displayName: 'Bob' }]])
		};
		expect(readDirectory(held(directoryFacts(directory)))).toEqual(directory);
	});

	it('no longer holds a conversation that was taken back, nor what it cannot read', () => {
		const facts = held([
			[`conversation/${GROUP}`, null],
			[`conversation/${DIRECT}`, { kind: 'direct' }],
			['conversation/x', { kind: 'channel' }],
			['self', { username: 5 }],
			[`block/${BOB}`, null],
			[`block/${ALICE}`, 5],
			['later', true]
		]);
		expect(readDirectory(facts)).toEqual({
			asked: new Map(),
			blocked: new Map(),
			conversations: new Map([[DIRECT, { id: DIRECT, kind: 'direct', peer: undefined }]])
		});
	});

	it('falls back to the username where there is no display name', () => {
		expect(readDirectory(held([['self', { username: 'alice', displayName: '' }]])).self).toEqual({
			username: 'alice',
			displayName: 'alice'
		});
	});
});
