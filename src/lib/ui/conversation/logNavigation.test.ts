import { expect, it, vi } from 'vitest';
import { LogNavigation } from './logNavigation.svelte';
import type { FetchOptions } from '../../state/models';
import type { Reader } from './reader.svelte';
import type { ReadingPlace } from './readingPlace.svelte';
import type { Talk } from './talk.svelte';

vi.stubGlobal('CSS', { escape: (id: string) => id });

/** A log that shows one row, and whose messages come when the test says so. */
function createLog({ target, beginsEarlier = false }: { target?: string; beginsEarlier?: boolean } = {}) {
	const asked = new Map<string, () => void>();
	let shown = 'nothing';
	const ask = (what: string) => new Promise<void>((resolve) => asked.set(what, resolve));
	const conversation = {
		unread: { beginsEarlier },
		whenKnown: async () => {},
		async showMessage(id: string, { until }: FetchOptions) {
			await ask(id);
			if (until?.aborted) return false;
			shown = id;
			return true;
		},
		async showLatest() {
			await ask('latest');
			shown = 'latest';
		},
		readToEnd: () => {},
		firstUnread: (_: unknown, { until }: FetchOptions) =>
			Promise.race([
				ask('first unread'),
				new Promise<void>((resolve) => {
					if (until?.aborted) resolve();
					until?.addEventListener('abort', () => resolve());
				})
			]).then(() => undefined)
	};
	const reader = {
		since: {},
		moving: <T>(go: () => Promise<T>) => go(),
		goElsewhere: () => {},
		goOn: () => {},
		divide: () => {},
		passOver: () => {},
		begin: () => {}
	};
	const row = { focus: () => {} };
	const log = { querySelector: (what: string) => (what.includes(`"${shown}"`) ? row : null) };
	const nav: LogNavigation = new LogNavigation({
		talk: { conversation, show: (id: string) => nav.showRow(id) } as unknown as Talk,
		reader: reader as unknown as Reader,
		place: { show: async () => {}, toEnd: () => {} } as unknown as ReadingPlace,
		log: () => log as unknown as HTMLElement,
		unfold: () => {},
		target: () => target
	});
	const come = async (what: string) => {
		await vi.waitFor(() => expect(asked.has(what)).toBe(true));
		asked.get(what)?.();
	};
	return { nav, come, isAsked: (what: string) => asked.has(what), shown: () => shown };
}

it('who goes to a message while the one that a link leads to is still being brought stays there', async () => {
	const { nav, come, shown } = createLog({ target: 'linked' });
	const opening = nav.begin();
	const going = nav.showRow('late');
	await come('late');
	expect(await going).toBe(true);
	await come('linked');
	await opening;
	expect(shown()).toBe('late');
	expect(nav.placed).toBe(true);
});

it('who goes to a message while the first unread one is still looked for stays there', async () => {
	const { nav, come, isAsked, shown } = createLog({ beginsEarlier: true });
	const opening = nav.begin();
	await vi.waitFor(() => expect(nav.seeking).toBe(true));
	const going = nav.showRow('late');
	await come('late');
	await Promise.all([going, opening]);
	expect([shown(), isAsked('latest')]).toEqual(['late', false]);
});

it('of two messages that one goes to the later is shown, whichever comes first', async () => {
	const { nav, come, shown } = createLog();
	const [first, second] = [nav.showRow('one'), nav.showRow('two')];
	await come('two');
	await second;
	await come('one');
	expect(await first).toBe(true);
	expect(shown()).toBe('two');
});

it('who goes to the end meanwhile stays there', async () => {
	const { nav, come, shown } = createLog();
	const going = nav.showRow('one');
	const toEnd = nav.toEnd();
	await come('latest');
	await toEnd;
	await come('one');
	await going;
	expect(shown()).toBe('latest');
});
