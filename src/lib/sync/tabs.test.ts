import { afterEach, expect, it } from 'vitest';
import { createBrowserTabs } from './tabs';
import type { Tabs } from './ports';

const leaving: (() => void)[] = [];
afterEach(() => {
	for (const leave of leaving.splice(0)) leave();
});

/** What a tab hears under a topic. */
function joined(tabs: Tabs, topic: string) {
	const heard: number[] = [];
	const { post, leave } = tabs.join(topic, ([said]) => void heard.push(said!));
	leaving.push(leave);
	return { heard, say: (word: number) => post(new Uint8Array([word])), leave };
}

/** Settles when what was posted before has been heard. */
function untilHeard(account: string): Promise<void> {
	return new Promise((resolve) => {
		const [one, other] = [createBrowserTabs(account), createBrowserTabs(account)];
		const listening = one.join('last', () => resolve());
		const posting = other.join('last', () => {});
		leaving.push(listening.leave, posting.leave);
		posting.post(new Uint8Array());
	});
}

it('brings what a tab posts to the other tabs of the account that have joined the topic, and to nobody else', async () => {
	const here = joined(createBrowserTabs('alice'), 'room');
	const there = createBrowserTabs('alice');
	const same = joined(there, 'room');
	const other = joined(there, 'another room');
	const stranger = joined(createBrowserTabs('bob'), 'room');
	here.say(1);
	await untilHeard('alice');
	expect(same.heard).toEqual([1]);
	expect([here.heard, other.heard, stranger.heard]).toEqual([[], [], []]);
});

it('tells nothing to who has left, and something again to who comes back', async () => {
	const here = joined(createBrowserTabs('alice'), 'room');
	const tabs = createBrowserTabs('alice');
	const gone = joined(tabs, 'room');
	gone.leave();
	here.say(1);
	await untilHeard('alice');
	expect(gone.heard).toEqual([]);
	const back = joined(tabs, 'room');
	here.say(2);
	await untilHeard('alice');
	expect(back.heard).toEqual([2]);
});
