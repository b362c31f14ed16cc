import { openEndpoint } from '$lib/server/http/endpoint';
import { sessionAnswer } from '$lib/server/http/sessionAnswer';
import { registerSchema } from '$lib/protocol/rest';

export const POST = openEndpoint(async ({ skein, event, body }) => {
	const user = await skein.accounts.register(body);
	await skein.projector.bringUp();
	return sessionAnswer(skein, event, user, 201);
}, registerSchema);
