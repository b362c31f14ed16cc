/** The keys that hold everywhere in the app. Those of a field or a message belong to it, and are listed with these. */

export type Shortcut =
	'jump' | 'previous' | 'next' | 'previousUnread' | 'nextUnread' | 'list' | 'region' | 'regionBack';

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'isComposing'>;

/** `typing`: the focus is in a field, where a plain sign is text. */
export function shortcutOf(pressed: Pressed, typing: boolean): Shortcut | undefined {
	const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing } = pressed;
	if (isComposing) return undefined;
	const commands = ctrlKey || metaKey;
	if (altKey && !commands) {
		if (key === 'ArrowUp') return shiftKey ? 'previousUnread' : 'previous';
		if (key === 'ArrowDown') return shiftKey ? 'nextUnread' : 'next';
		return undefined;
	}
	if (commands && !altKey) {
		if (key === '/') return 'list';
		return !shiftKey && key.toLowerCase() === 'k' ? 'jump' : undefined;
	}
	if (altKey || commands) return undefined;
	if (key === 'F6') return shiftKey ? 'regionBack' : 'region';
	return key === '?' && !typing ? 'list' : undefined;
}

/** True where keys write. */
export const isTyping = (target: EventTarget | null): boolean =>
	target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
