import { openEndpoint } from '$lib/server/http/endpoint';
import { sessionAnswer } from '$lib/server/http/sessionAnswer';
import { loginSchema } from '$lib/protocol/rest';

export const POST = openEndpoint(async ({ skein, event, body }) => {
	const user = await skein.accounts.prove(body.username, body.password);
	return sessionAnswer(skein, event, user, 200);
}, loginSchema);
