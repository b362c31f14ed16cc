/**
 * A bot on the headless client: a device without a screen, with all of a device's promises. To "!count" it replies how
 * much has been written by how many. It holds the conversations itself, hears at once, and may be offline for a while.
 *   SKEIN_URL=https://chat.example SKEIN_TOKEN=skein_… npx tsx docs/bots/countBot.ts
 * Its token needs the scopes profile:read and sync.
 */
import { createHeadlessDevice } from '../../src/lib/sync/headlessDevice';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { TimelineMessage } from '../../src/lib/domain/timeline';

const { SKEIN_URL: origin = 'http://localhost:3000', SKEIN_TOKEN: token = '' } = process.env;

const answer = await fetch(`${origin}/api/me`, { headers: { authorization: `Bearer ${token}` } });
if (!answer.ok) throw new Error(`The server says ${answer.status}: is the token right?`);
const { user: self } = await answer.json();
const device = await createHeadlessDevice({ self, origin, token });
const held = new Map<string, ConversationSync>();

const messagesOf = (conversation: ConversationSync): TimelineMessage[] =>
	conversation.items.filter((item) => item.type === 'message');

/** What was asked and has no reply of the bot's, from this life or an earlier one. */
function questions(conversation: ConversationSync): TimelineMessage[] {
	const messages = messagesOf(conversation);
	const answered = new Set(messages.filter(({ author }) => author === self.id).map(({ replyTo }) => replyTo));
	return messages.filter(({ id, text }) => text === '!count' && !answered.has(id));
}

function look(): void {
	for (const id of device.directory.conversations.keys())
		if (!held.has(id)) held.set(id, device.conversations.use(id).sync);
	for (const conversation of held.values()) {
		// Until all is here, a reply from an earlier life may still be on its way.
		if (!conversation.synced) continue;
		for (const { id } of questions(conversation)) {
			const messages = messagesOf(conversation);
			const authors = new Set(messages.map(({ author }) => author));
			conversation.send({ text: `${messages.length} messages, ${authors.size} of us wrote`, replyTo: id });
		}
	}
}

device.onChange(look);
process.once('SIGTERM', () => void device.close());
device.connect();
