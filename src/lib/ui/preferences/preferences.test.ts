import { describe, expect, it } from 'vitest';
import { Preferences } from './preferences.svelte';

function storageOf(kept: string | null = null): Storage {
	let held = kept;
	const storage = { getItem: () => held, setItem: (_: string, value: string) => void (held = value) };
	return storage as unknown as Storage;
}

describe('what a person likes on this device', () => {
	it('is kept for the next start', () => {
		const storage = storageOf();
		const first = new Preferences(storage);
		expect(first.notifies).toBe(true);
		first.notifies = false;
		first.theme = 'dark';
		first.enter = 'break';
		const next = new Preferences(storage);
		expect([next.notifies, next.notifiesText, next.theme, next.enter]).toEqual([
			false,
			true,
			'dark',
			'break'
		]);
	});

	it.each([
		null,
		'not json',
		'[]',
		'"x"',
		'{"theme":"pink","enter":1,"language":"toString","notifies":"no"}'
	])('is as usual where %j is kept', (kept) => {
		const { theme, contrast, enter, language, notifies, notifiesText } = new Preferences(storageOf(kept));
		expect({ theme, contrast, enter, language, notifies, notifiesText }).toEqual({
			theme: 'system',
			contrast: 'system',
			enter: 'send',
			language: 'system',
			notifies: true,
			notifiesText: true
		});
	});

	it('holds for as long as the page is open where nothing may be kept', () => {
		const preferences = new Preferences(undefined);
		preferences.contrast = 'more';
		expect(preferences.contrast).toBe('more');
	});
});
