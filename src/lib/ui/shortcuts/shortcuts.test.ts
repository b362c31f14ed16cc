import { describe, expect, it } from 'vitest';
import { shortcutOf } from './shortcuts';

const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, isComposing: false };
const pressed = (key: string, ...held: (keyof typeof none)[]) => ({
	...none,
	...Object.fromEntries(held.map((name) => [name, true])),
	key
});

describe('a key', () => {
	it.each([
		[pressed('ArrowUp', 'altKey'), 'previous'],
		[pressed('ArrowDown', 'altKey'), 'next'],
		[pressed('ArrowUp', 'altKey', 'shiftKey'), 'previousUnread'],
		[pressed('ArrowDown', 'altKey', 'shiftKey'), 'nextUnread'],
		[pressed('k', 'ctrlKey'), 'jump'],
		[pressed('k', 'metaKey'), 'jump'],
		[pressed('/', 'ctrlKey'), 'list'],
		[pressed('/', 'metaKey'), 'list'],
		[pressed('F6'), 'region'],
		[pressed('F6', 'shiftKey'), 'regionBack']
	] as const)('%o does the same in a field as elsewhere: %s', (key, shortcut) => {
		expect(shortcutOf(key, false)).toBe(shortcut);
		expect(shortcutOf(key, true)).toBe(shortcut);
	});

	it('that writes is text in a field', () => {
		expect(shortcutOf(pressed('?', 'shiftKey'), false)).toBe('list');
		expect(shortcutOf(pressed('?', 'shiftKey'), true)).toBeUndefined();
	});

	it('that belongs to the browser, or to an input method, is left alone', () => {
		expect(shortcutOf(pressed('ArrowUp'), false)).toBeUndefined();
		expect(shortcutOf(pressed('ArrowUp', 'altKey', 'ctrlKey'), false)).toBeUndefined();
		expect(shortcutOf(pressed('F6', 'ctrlKey'), false)).toBeUndefined();
		expect(shortcutOf(pressed('?', 'isComposing'), false)).toBeUndefined();
	});
});
