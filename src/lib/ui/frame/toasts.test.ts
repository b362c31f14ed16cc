import { expect, it } from 'vitest';
import { Toasts } from './toasts.svelte';

const said = (toasts: Toasts) => toasts.shown.map((toast) => toast.said);

it('what was done passes; what failed, and what can be taken back, stays', () => {
	const toasts = new Toasts();
	toasts.say('copied');
	toasts.say('discarded', { label: 'Undo', do: () => {} });
	toasts.fail('not kept');
	expect(toasts.shown.map(({ said, stays }) => [said, stays])).toEqual([
		['copied', false],
		['discarded', true],
		['not kept', true]
	]);
});

it('of more than are seen at once, what stays comes back when newer ones are gone', () => {
	const toasts = new Toasts();
	toasts.say('copied');
	toasts.say('discarded', { label: 'Undo', do: () => {} });
	for (const text of ['first', 'second', 'third']) toasts.say(text);
	expect(said(toasts)).toEqual(['first', 'second', 'third']);
	toasts.dismiss(toasts.shown[0]!.id);
	expect(said(toasts)).toEqual(['discarded', 'second', 'third']);
	for (const { id } of toasts.shown) toasts.dismiss(id);
	expect(said(toasts)).toEqual([]);
});

it('what fails again is told again, and stands there once', () => {
	const toasts = new Toasts();
	toasts.fail('not kept');
	const { id } = toasts.shown[0]!;
	toasts.fail('not kept');
	expect(said(toasts)).toEqual(['not kept']);
	expect(toasts.shown[0]!.id).not.toBe(id);
});
