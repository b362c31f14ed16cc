import { describe, expect, it } from 'vitest';
import { Notifier, type NotesPort } from './notifier';
import { listItem } from '../../state/conversationListItem.fixture';
import type { ConversationListItem } from '../../state/conversationListItem';

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
		port,
		isAttended: () => Promise.resolve(state.attended),
		noteOf: ({ id, name, unread }, late) => ({
			conversation: id,
			title: name,
			body: `${unread}${late ? ' late' : ''}`
		})
	});
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
