import { conversationOutcome } from '$lib/server/conversations/conversationAnswer';
import { command } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { changeRoleSchema } from '$lib/protocol/rest';
import { conversationAnswer as oneAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

const params = { id: SAMPLE.conversationId, userId: SAMPLE.userId };

export const PATCH = command(
	{
		summary: 'Changes what somebody is in a group',
		description: 'With `was`, nothing changes if they are no longer what the person saw.',
		scope: 'conversations:write',
		rate: 'change',
		body: changeRoleSchema,
		answers: { 200: oneAnswer },
		example: { params, body: { role: 'admin' } }
	},
	({ skein, user, param, body }) => {
		const change = { user: param('userId'), stepDown: false, ...body };
		const conversation = skein.membership.setRole(user.id, param('id'), change);
		return conversationOutcome(200, conversation);
	}
);

export const DELETE = command(
	{
		summary: 'Removes a member; of oneself: leaves',
		scope: 'conversations:write',
		rate: 'change',
		answers: { 204: NOTHING },
		example: { params }
	},
	({ skein, user, param }) => {
		const [id, member] = [param('id'), param('userId')];
		skein.membership.remove(user.id, id, member);
		return { status: 204, after: () => skein.relay.dropMember(id, member) };
	}
);
