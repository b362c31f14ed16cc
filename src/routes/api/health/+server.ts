import { json } from '@sveltejs/kit';
import { openEndpoint } from '$lib/server/http/endpoint';

/** 200 while it serves, also when degraded; 503 when it cannot. */
export const GET = openEndpoint(({ skein }) => {
	const health = skein.health();
	return json(health, { status: health.status === 'failing' ? 503 : 200 });
});
