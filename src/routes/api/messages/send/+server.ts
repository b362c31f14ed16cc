import { endpoint, refuseWithout } from '$lib/server/http/endpoint';
import { noSuchUser } from '$lib/server/http/problem';
import { messageKey } from '$lib/server/http/namedCommand';
import { directConversationId } from '$lib/domain/ids';
import { sendMessageSchema } from '$lib/protocol/rest';
import { messageAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const POST = endpoint(
	{
		rate: 'send',
		summary: 'Sends a message, to a conversation or to a person',
		description:
			'It is on the relay’s disk when the answer comes. A direct conversation is made if there is none yet; a personal API ' +
			'token needs the scope `conversations:write` for that too. ' +
			'With a `key` (or an Idempotency-Key; if both, the same) that one has used before in that conversation, the first ' +
			'message is the answer, also if it could not be sent any more; if it was another one, 422 `id_reused`.',
		scope: 'messages:send',
		holdsTexts: true,
		body: sendMessageSchema,
		answers: { 201: messageAnswer },
		example: { body: { conversationId: SAMPLE.conversationId, text: 'The warp is on the loom.', key: 'a-1' } }
	},
	async ({ skein, user, body, event }) => {
		const { conversationId, userId, ...message } = body;
		const key = messageKey(event.request, message.key);
		const id = userId === undefined ? (conversationId ?? '') : directConversationId(user.id, userId);
		const before = await skein.messages.sentBefore(user.id, id, { ...message, key });
		if (before) return { status: 201, answer: { message: before } };
		if (userId !== undefined && !skein.people.person(userId)) throw noSuchUser();
		const asker = { address: event.locals.address, account: user.id };
		if (userId !== undefined && !skein.conversations.directWith(user.id, userId)) {
			refuseWithout('conversations:write', event);
			await skein.rates.take('begin', asker);
		}
		const { result: conversation, told } = await skein.tellings.tell(asker, (counting) =>
			userId === undefined
				? skein.conversations.read(user.id, id)
				: counting(() => skein.conversations.create(user.id, { kind: 'direct', members: [userId] }))
						.conversation
		);
		await Promise.all([told, skein.projector.bringUpConversation(user.id, id)]);
		const sent = await skein.messages.send(user.id, conversation, { ...message, key });
		return { status: 201, answer: { message: sent } };
	}
);
