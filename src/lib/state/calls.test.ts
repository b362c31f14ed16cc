import { expect, it } from 'vitest';
import { calls, callsTotal } from './calls';

const plain = { unread: 3, mentions: 1, muted: false, mentionsOnly: false };

it('of a conversation all that is unread calls, or mentions alone, or nothing', () => {
	expect(calls(plain)).toBe(3);
	expect(calls({ ...plain, mentionsOnly: true })).toBe(1);
	expect(calls({ ...plain, muted: true })).toBe(0);
	expect(calls({ ...plain, muted: true, mentionsOnly: true })).toBe(0);
});

it('what calls is counted over all conversations', () => {
	expect(callsTotal([])).toBe(0);
	expect(callsTotal([plain, { ...plain, unread: 200, muted: true }, { ...plain, mentionsOnly: true }])).toBe(
		4
	);
});
