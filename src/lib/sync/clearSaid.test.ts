import { expect, it, vi } from 'vitest';
import { BOB, ALICE, editEntry, messageEntry } from '../domain/entries.fixture';
import { clearSaid } from './clearSaid';
import { foldTimeline, type TimelineMessage } from '../domain/timeline';
import type { EditBegun } from './edits';
import type { Entry } from '../domain/entry';

function setup({ entries, edit }: { entries: readonly Entry[]; edit?: EditBegun }) {
	const items = foldTimeline(entries);
	const messages = items.filter((item): item is TimelineMessage => item.type === 'message');
	const sync = { id: 'c', items, message: (id: string) => messages.find((each) => each.id === id) };
	const drafts = { clearSent: vi.fn(() => Promise.resolve()) };
	const edits = { get: () => edit, end: vi.fn(() => Promise.resolve()) };
	return { drafts, edits, run: () => clearSaid(sync, { self: ALICE, drafts, edits }) };
}

const own = messageEntry({ text: 'low water at noon' });
const saved = editEntry({ target: '0.1.0', text: 'low water at one', s: 1, ms: 2_000 });
const edit = { target: '0.1.0', text: 'low water at one ', was: 'low water at noon' } as const;

it('looks for sent drafts among the own messages alone', async () => {
	const { drafts, run } = setup({ entries: [own, messageEntry({ text: 'yes', author: BOB, client: 2 })] });
	await run();
	expect(drafts.clearSent).toHaveBeenCalledExactlyOnceWith('c', [
		expect.objectContaining({ text: 'low water at noon' })
	]);
});

it('ends an edit that was saved before the page ended', async () => {
	const { edits, run } = setup({ entries: [own, saved], edit });
	await run();
	expect(edits.end).toHaveBeenCalledExactlyOnceWith('c');
});

it('lets an edit go on that was not saved, or not changed yet', async () => {
	const begun = setup({ entries: [own], edit });
	await begun.run();
	expect(begun.edits.end).not.toHaveBeenCalled();
	const unchanged = setup({ entries: [own], edit: { ...edit, text: edit.was } });
	await unchanged.run();
	expect(unchanged.edits.end).not.toHaveBeenCalled();
});
