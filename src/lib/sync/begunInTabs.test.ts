import { expect, it } from 'vitest';
import { begunInOtherTabs } from './begunInTabs';
import { createMemoryDisk, memoryLocalStore } from './memoryStorage';
import { draftKey, type DraftState } from '../domain/draftState';

const NOBODY: DraftState = { begun: [], heirs: new Map(), bases: new Map(), seen: new Map() };
const draft = (writer: string, text: string) => ({
	writer,
	text,
	stamp: { ms: 1, counter: 0 },
	base: new Map()
});

/** A first tab, what lies in the table of drafts, and what home holds of one conversation. */
async function begun(
	rows: Record<string, object>,
	inHome: readonly (readonly [writer: string, text: string])[] = [],
	taken: readonly string[] = []
) {
	const local = memoryLocalStore(createMemoryDisk().tables);
	for (const [row, value] of Object.entries(rows)) await local.put('drafts', row, value);
	const state = { ...NOBODY, begun: inHome.map(([writer, text]) => draft(writer, text)) };
	return begunInOtherTabs({
		local,
		home: {
			deviceId: 'phone',
			draftOf: (id) => (id === 'c' ? state : NOBODY),
			isTaken: (key) => taken.some((writer) => key === draftKey('c', writer))
		},
		conversations: ['c', 'other']
	});
}

it('drafts and edits of other tabs count, as they were typed last', async () => {
	expect(
		await begun(
			{
				'phone.1/c': { text: 'half a thought' },
				'edit phone.1/d': { target: '0.1.2', text: 'half an ed', was: 'an edit' }
			},
			[['phone.1', 'half']]
		)
	).toEqual([
		{ conversation: 'c', text: 'half a thought' },
		{ conversation: 'd', text: 'half an ed' }
	]);
});

it('a draft that has come into home counts until the relay has it', async () => {
	expect(await begun({}, [['phone.2', 'half']])).toEqual([{ conversation: 'c', text: 'half' }]);
	expect(await begun({}, [['phone.2', 'half']], ['phone.2'])).toEqual([]);
});

it('what was cleared, sent or not changed does not count, nor what this tab or another browser has begun', async () => {
	const rows = {
		'phone/c': { text: 'of this tab' },
		'edit phone/c': { target: '0.1.2', text: 'of this tab', was: 'x' },
		'phone.1/c': { text: ' ' },
		'sent phone.1/c/1.0': { text: 'sent' },
		'edit phone.1/c': { target: '0.1.2', text: 'same ', was: 'same' }
	};
	expect(
		await begun(rows, [
			['phone', 'of this tab'],
			['phone.1', 'cleared since'],
			['desk', 'elsewhere']
		])
	).toEqual([]);
});
