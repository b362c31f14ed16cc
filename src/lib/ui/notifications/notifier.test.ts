import { describe, expect, it } from 'vitest';
import { Notifier, type NotesPort } from './notifier';
import { listItem } from '../../state/conversationListItem.fixture';
import type { ConversationListItem } from '../../state/conversationListItem';

/** Two tabs of one browser: the system is told by the one that has taken over, and hears from whichever did. */
function twoTabs({ attended = false }: { attended?: boolean } = {}) {
	const told: string[] = [];
	const state = { attended };
	const port: NotesPort = {
		standing: () => Promise.resolve([]),
		show: ({ conversation, body }) => Promise.resolve(void told.push(`${conversation}: ${body}`)),
		withdraw: () => Promise.resolve()
	};
	const makeTab = () => {
		const notifier: Notifier = new Notifier({
			say: (word) => tabs.filter((tab) => tab !== notifier).forEach((tab) => tab.hear(word)),
			isAttended: () => Promise.resolve(state.attended),
			noteOf: ({ id, name, unread }, late) => ({
				conversation: id,
				title: name,
				body: `${unread}${late ? ' late' : ''}`
			})
		});
		return notifier;
	};
	const [first, second] = [makeTab(), makeTab()];
	const tabs = [first, second];
	async function look(tab: Notifier, ...items: ConversationListItem[]) {
		tab.look(items);
		await tab.settled;
	}
	async function lookBoth(...items: ConversationListItem[]) {
		for (const tab of tabs) await look(tab, ...items);
	}
	async function takeOver(tab: Notifier) {
		tab.takeOver(port);
		await tab.settled;
	}
	return { first, second, told, state, look, lookBoth, takeOver };
}

function setUp({ standing = [], attended = false }: { standing?: string[]; attended?: boolean } = {}) {
	const shown = new Map(standing.map((id) => [id, 'from before']));
	const told: string[] = [];
	const state = { attended, refuses: false };
	const port: NotesPort = {
		standing: () => Promise.resolve([...shown.keys()]),
		show({ conversation, body }) {
			if (state.refuses) return Promise.reject(new TypeError('no'));
			told.push(`${conversation}: ${body}`);
			shown.set(conversation, body);
			return Promise.resolve();
		},
		withdraw: (conversation) => Promise.resolve(void shown.delete(conversation))
	};
	const notifier = new Notifier({
		say: () => {},
		isAttended: () => Promise.resolve(state.attended),
		noteOf: ({ id, name, unread }, late) => ({
			conversation: id,
			title: name,
			body: `${unread}${late ? ' late' : ''}`
		})
	});
	notifier.takeOver(port);
	async function look(...items: ConversationListItem[]) {
		notifier.look(items);
		await notifier.settled;
		return [...shown];
	}
	return { look, told, state };
}

describe('while nobody looks', () => {
	it('what arrives is told, once for each conversation', async () => {
		const { look, told } = setUp();
		await look(listItem({}), listItem({ id: 'b' }));
		expect(await look(listItem({ unread: 1 }), listItem({ id: 'b' }))).toEqual([['k', '1']]);
		expect(await look(listItem({ unread: 2 }), listItem({ id: 'b', unread: 1 }))).toEqual([
			['k', '2'],
			['b', '1']
		]);
		expect(told).toEqual(['k: 1', 'k: 2', 'b: 1']);
	});

	it('what was unread before is no news, and neither is what changes otherwise', async () => {
		const { look } = setUp();
		await look(listItem({ unread: 4 }));
		expect(await look(listItem({ unread: 4, draft: 'half a' }))).toEqual([]);
		expect(await look(listItem({ unread: 3 }))).toEqual([]);
	});

	it('a conversation that was not there before is news', async () => {
		const { look } = setUp();
		await look();
		expect(await look(listItem({ unread: 1 }))).toEqual([['k', '1']]);
	});

	it('a muted conversation is quiet, and one for mentions alone tells of those', async () => {
		const { look } = setUp();
		await look(listItem({ muted: true }), listItem({ id: 'm', mentionsOnly: true }));
		await look(
			listItem({ muted: true, unread: 2, mentions: 1 }),
			listItem({ id: 'm', mentionsOnly: true, unread: 1 })
		);
		const shown = await look(
			listItem({ muted: true, unread: 2, mentions: 1 }),
			listItem({ id: 'm', mentionsOnly: true, unread: 2, mentions: 1 })
		);
		expect(shown).toEqual([['m', '2']]);
	});

	it('what arrived in earlier history is told as such', async () => {
		const { look } = setUp();
		await look(listItem({ unread: 1 }));
		expect(await look(listItem({ unread: 2, late: 1 }))).toEqual([['k', '2 late']]);
	});

	it('a notification that the system refuses keeps none that follows from being shown', async () => {
		const { look, state } = setUp();
		await look(listItem({}));
		state.refuses = true;
		await look(listItem({ unread: 1 }));
		state.refuses = false;
		expect(await look(listItem({ unread: 2 }))).toEqual([['k', '2']]);
	});
});

describe('a notification is taken back', () => {
	it('once its conversation is read, wherever that is, or muted, or gone', async () => {
		const { look } = setUp();
		await look(listItem({}), listItem({ id: 'm' }), listItem({ id: 'g' }));
		await look(listItem({ unread: 1 }), listItem({ id: 'm', unread: 1 }), listItem({ id: 'g', unread: 1 }));
		expect(await look(listItem({ unread: 0 }), listItem({ id: 'm', unread: 1, muted: true }))).toEqual([]);
	});

	it('also if another tab, or an earlier start, has shown it', async () => {
		const { look } = setUp({ standing: ['k', 'b'] });
		expect(await look(listItem({}), listItem({ id: 'b', unread: 1 }))).toEqual([['b', 'from before']]);
	});
});

it('while somebody looks nothing is told, and not afterwards either', async () => {
	const { look, state } = setUp({ attended: true });
	await look(listItem({}));
	expect(await look(listItem({ unread: 1 }))).toEqual([]);
	state.attended = false;
	expect(await look(listItem({ unread: 1, draft: 'x' }))).toEqual([]);
	expect(await look(listItem({ unread: 2 }))).toEqual([['k', '2']]);
});

describe('the tab that takes over from one that was closed', () => {
	it('tells what arrived in between', async () => {
		const { first, second, told, look, lookBoth, takeOver } = twoTabs();
		await takeOver(first);
		await lookBoth(listItem({}), listItem({ id: 'b', unread: 2 }));
		await look(second, listItem({ unread: 1, late: 1 }), listItem({ id: 'b', unread: 2 }));
		expect(told).toEqual([]);
		await takeOver(second);
		expect(told).toEqual(['k: 1 late']);
		await look(second, listItem({ unread: 2, late: 1 }), listItem({ id: 'b', unread: 2 }));
		expect(told).toEqual(['k: 1 late', 'k: 2']);
	});

	it('does not tell again what that one has told, though it comes to this tab later', async () => {
		const { first, second, told, look, lookBoth, takeOver } = twoTabs();
		await takeOver(first);
		await lookBoth(listItem({}));
		await look(first, listItem({ unread: 2, late: 1 }));
		await look(second, listItem({ unread: 1 }));
		await takeOver(second);
		await look(second, listItem({ unread: 2, late: 1 }));
		expect(told).toEqual(['k: 2 late']);
	});

	it('does not tell what came while somebody looked', async () => {
		const { first, second, told, state, lookBoth, takeOver } = twoTabs({ attended: true });
		await takeOver(first);
		await lookBoth(listItem({}));
		await lookBoth(listItem({ unread: 1 }));
		state.attended = false;
		await takeOver(second);
		expect(told).toEqual([]);
	});

	it('tells what arrived once the rest was read', async () => {
		const { first, second, told, look, lookBoth, takeOver } = twoTabs();
		await takeOver(first);
		await lookBoth(listItem({}));
		await lookBoth(listItem({ unread: 1 }));
		await look(second, listItem({ unread: 0 }));
		await look(second, listItem({ unread: 1 }));
		await takeOver(second);
		expect(told).toEqual(['k: 1', 'k: 1']);
	});

	it('tells what arrived once the rest was read, which this tab saw before it heard that it was told', async () => {
		const { first, second, told, look, lookBoth, takeOver } = twoTabs();
		await takeOver(first);
		await lookBoth(listItem({}));
		await look(second, listItem({ unread: 1 }));
		await look(second, listItem({ unread: 0 }));
		await look(first, listItem({ unread: 1 }));
		await look(first, listItem({ unread: 0 }));
		await look(second, listItem({ unread: 1 }));
		await takeOver(second);
		expect(told).toEqual(['k: 1', 'k: 1']);
	});
});
