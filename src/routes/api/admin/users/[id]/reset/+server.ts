import { adminEndpoint } from '$lib/server/http/endpoint';
import { newResetAnswer } from '$lib/protocol/restAnswers';
import { SAMPLE } from '$lib/protocol/restSamples';

export const POST = adminEndpoint(
	{
		summary: 'Makes leave to set a new password, for somebody who cannot be sent a mail',
		description:
			'It works once, within half an hour, at /reset#token. One that was made before no longer counts. ' +
			'Whom `SKEIN_ADMIN` names gets one from nobody else (409 `named_administrator`).',
		answers: { 201: newResetAnswer },
		example: { params: { id: SAMPLE.userId } }
	},
	({ skein, user, param, once }) =>
		once(() => ({
			status: 201,
			answer: {},
			secret: { token: skein.administration.makeResetToken(user.id, param('id')) }
		}))
);
