import { expect, it } from 'vitest';
import { textOnlyHere } from './textOnlyHere';
import type { ConversationListItem } from '../../state/conversationListItem';
import type { OnlyHereItem, SalvagedRow } from '../../state/onlyHereRows';

const listed = (id: string, name: string, draft: string): ConversationListItem => ({
	id,
	kind: 'group',
	name,
	swatch: [name],
	picture: undefined,
	last: undefined,
	unsent: 0,
	unread: 0,
	unreadGoesOn: false,
	late: 0,
	draft,
	pinned: false,
	muted: false,
	pending: false,
	loaded: true
});
const waiting = (conversation: string, conversationName: string, text: string): OnlyHereItem => ({
	conversation,
	conversationName,
	id: '0.1.0',
	text,
	at: 0,
	cancellable: true,
	repliesSince: 0
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
		conversations: [listed('k', 'Kelp survey', 'half a thou'), listed('h', 'Harbour', ' ')],
		onlyHere: [waiting('k', 'Kelp survey', 'one'), waiting('h', 'Harbour', 'two')],
		salvaged: [kept('b', 'Bob', 'too late')]
	};
	expect(textOnlyHere(app, 'Draft')).toBe(
		'## Kelp survey\n\none\n\n[Draft] half a thou\n\n## Harbour\n\ntwo\n\n## Bob\n\ntoo late'
	);
	expect(textOnlyHere({ conversations: [], onlyHere: [], salvaged: [] }, 'Draft')).toBe('');
});
