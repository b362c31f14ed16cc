import { json } from '@sveltejs/kit';
import { openEndpoint } from '$lib/server/http/endpoint';

export const GET = openEndpoint(({ skein }) => {
	const healthy = skein.isHealthy();
	return json({ status: healthy ? 'ok' : 'failing' }, { status: healthy ? 200 : 503 });
});
