import { openEndpoint } from '$lib/server/http/endpoint';
import { resetPasswordSchema } from '$lib/protocol/rest';

export const POST = openEndpoint(async ({ skein, event, body }) => {
	await skein.credentials.reset(body.token, body.password, event.url.origin);
	return new Response(null, { status: 204 });
}, resetPasswordSchema);
