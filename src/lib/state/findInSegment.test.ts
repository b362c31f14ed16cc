import { expect, it } from 'vitest';
import { findInSegment } from './findInSegment';
import type { ConversationSync } from '../sync/conversationSync';

/** A conversation of which something else is still on its way. */
function createConversation({ live = 3, heard = [0, 1, 2, 3] } = {}) {
	let look = () => {};
	const known = new Set(heard);
	const conversation = {
		live,
		synced: false,
		syncedIn: (n: number) => known.has(n),
		refusal: undefined,
		whenLoaded: Promise.resolve(),
		onChange: (listener: () => void) => {
			look = listener;
			return () => {};
		},
		keepsSegment: async () => true,
		holdSegment: () => ({ whenLoaded: Promise.resolve(), letGo: async () => {} })
	} as unknown as ConversationSync;
	return { conversation, hear: (n: number) => (known.add(n), look()) };
}

const link = { status: 'online' as const, onChange: () => () => {} };
const nowhere = { link, fetch: true, find: () => undefined, show: async () => true };

it('what does not exist is known to be missing once its segment is here, whatever else is on its way', async () => {
	const { conversation } = createConversation();
	expect(await findInSegment(conversation, 2, nowhere)).toBeUndefined();
});

it('what has not been heard of its segment yet is waited for', async () => {
	const { conversation, hear } = createConversation({ heard: [] });
	let isHere = false;
	const find = () => (isHere ? 'found' : undefined);
	const looking = findInSegment(conversation, 2, { ...nowhere, find, show: async (found) => found });
	await Promise.resolve();
	isHere = true;
	hear(2);
	expect(await looking).toBe('found');
});

it('a segment that the conversation does not reach is nowhere, once it is known how far it goes', async () => {
	const { conversation } = createConversation({ heard: [9] });
	expect(await findInSegment(conversation, 9, nowhere)).toBeUndefined();
});
