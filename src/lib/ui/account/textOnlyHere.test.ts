import { expect, it } from 'vitest';
import { textOnlyHere } from './textOnlyHere';
import type { ConversationListItem } from '../../state/conversationListItem';
import { listItem } from '../../state/conversationListItem.fixture';
import type { OnlyHereItem, SalvagedRow } from '../../state/onlyHereRows';

const listed = (id: string, name: string, draftHere: string, draft = draftHere) =>
	listItem({ id, name, draft, draftHere });
const OPTIONS = { draftMark: 'Draft', draftOf: ({ draftHere }: ConversationListItem) => draftHere };
const waiting = (conversation: string, conversationName: string, text: string): OnlyHereItem => ({
	conversation,
	conversationName,
	id: '0.1.0',
	text,
	at: 0,
	cancellable: true,
	repliesSince: 0,
	behind: undefined
});
const kept = (conversation: string, conversationName: string, text: string): SalvagedRow => ({
	id: '',
	conversation,
	conversationName,
	text,
	isEdit: false,
	at: 0,
	replyTo: undefined,
	reason: 'removed',
	discard: () => () => {}
});

it('all that this device alone holds stands under the names of its conversations', () => {
	const app = {
		conversations: [
			listed('k', 'Kelp survey', 'half a thou'),
			listed('h', 'Harbour', '', 'on other devices too')
		],
		onlyHere: [waiting('k', 'Kelp survey', 'one'), waiting('h', 'Harbour', 'two')],
		salvaged: [kept('b', 'Bob', 'too late')]
	};
	expect(textOnlyHere(app, OPTIONS)).toBe(
		'## Kelp survey\n\none\n\n[Draft] half a thou\n\n## Harbour\n\ntwo\n\n## Bob\n\ntoo late'
	);
	expect(textOnlyHere({ conversations: [], onlyHere: [], salvaged: [] }, OPTIONS)).toBe('');
});

it('a time stands before what has one, if it is asked for', () => {
	const app = {
		conversations: [listed('k', 'Kelp survey', 'half a thou')],
		onlyHere: [waiting('k', 'Kelp survey', 'one')],
		salvaged: [kept('b', 'Bob', 'too late')]
	};
	expect(textOnlyHere(app, OPTIONS, (ms) => `at ${ms}`)).toBe(
		'## Kelp survey\n\n[at 0] one\n\n[Draft] half a thou\n\n## Bob\n\n[at 0] too late'
	);
});
