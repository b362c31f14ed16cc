import { endpoint } from '$lib/server/http/endpoint';
import { acceptAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const POST = endpoint(
	{
		summary: 'Comes into a group by an invite link',
		scope: 'conversations:write',
		rate: 'change',
		answers: { 201: acceptAnswer, 202: acceptAnswer, 200: acceptAnswer },
		example: { params: { token: SAMPLE.inviteToken } }
	},
	async ({ skein, user, param, once }) => {
		await skein.keeper.settled();
		return once(() => {
			const { group, outcome } = skein.invites.accept(user.id, param('token'));
			const status = { joined: 201, asked: 202, member: 200 }[outcome];
			return { status, answer: { outcome, conversationId: group.id } };
		});
	}
);
