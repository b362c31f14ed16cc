import { expect, it } from 'vitest';
import { unreadTotal } from './unreadTotal';

it('counts what is unread everywhere but in muted conversations', () => {
	expect(unreadTotal([])).toBe(0);
	expect(
		unreadTotal([
			{ unread: 3, muted: false },
			{ unread: 200, muted: true },
			{ unread: 1, muted: false }
		])
	).toBe(4);
});
