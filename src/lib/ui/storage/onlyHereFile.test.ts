import { expect, it } from 'vitest';
import { onlyHereFile } from './onlyHereFile';
import type { DeedRow, OnlyHereItem, QueuedRow } from '../../state/onlyHereRows';

const at = Date.UTC(2026, 10, 28, 12);
const message: OnlyHereItem = {
	conversation: 'k',
	conversationName: 'Kelp survey',
	id: '0.1.0',
	text: 'low water\nat noon',
	at,
	cancellable: true,
	repliesSince: 0,
	behind: undefined
};
const change: QueuedRow = {
	id: '1',
	command: { type: 'change-profile', change: { displayName: 'Mira' } },
	conversationName: '',
	at,
	cancel: () => Promise.resolve(true)
};
const deed: DeedRow = {
	conversation: 'k',
	conversationName: 'Kelp survey',
	id: '0.2.0',
	type: 'reaction',
	emoji: '👍',
	on: true,
	text: 'at one',
	at
};

it('the file holds what waits with its times, under its conversation, and the changes that wait', () => {
	const self = { id: 'u', username: 'mira', displayName: 'Mira Solheim' };
	const app = {
		self,
		conversations: [],
		onlyHere: [message],
		salvaged: [],
		queued: [change],
		deeds: [deed],
		settings: [],
		inOtherTabs: [{ conversation: 'k', conversationName: 'Kelp survey', text: 'high water' }]
	};
	const { name, content } = onlyHereFile(app, { at, host: 'chat.example' });
	expect(name).toBe('skein-2026-11-28.txt');
	expect(content).toMatch(/^# .*Mira Solheim.*chat\.example\n\n/);
	expect(content).toMatch(/## Kelp survey\n\n\[.*2026.*\] low water\nat noon\n/);
	expect(content).toMatch(/\n\n\[.*\] high water\n/);
	expect(content.trimEnd().split('\n').at(-1)).toMatch(/^Kelp survey: .*👍.*at one/);
	expect(content.endsWith('\n')).toBe(true);
});

it('the file holds what was set for oneself and waits, in the words by which it was set', () => {
	const set = (what: string, on: boolean, conversationName = '') => ({
		...{ key: `${what}/k`, what, on, conversationName, at }
	});
	const self = { id: 'u', username: 'mira', displayName: 'Mira Solheim' };
	const settings = [
		set('mute', true, 'Kelp survey'),
		set('mentions', false, 'Kelp survey'),
		set('receipts-off', true),
		set('presence-off', false),
		set('of-a-later-version', true)
	];
	const app = {
		self,
		conversations: [],
		onlyHere: [],
		salvaged: [],
		queued: [],
		deeds: [],
		settings,
		inOtherTabs: []
	};
	expect(onlyHereFile(app, { at, host: 'chat.example' }).content.trimEnd().split('\n').slice(-5)).toEqual([
		'Kelp survey: Mute',
		'Kelp survey: Notify for all messages',
		'Turn off “Tell others what I have read”',
		'Turn on “Tell others when I am here or writing”',
		'Settings'
	]);
});
