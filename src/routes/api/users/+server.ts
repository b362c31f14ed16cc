import { json } from '@sveltejs/kit';
import { endpoint } from '$lib/server/http/endpoint';

export const GET = endpoint(({ skein, event }) => {
	const query = event.url.searchParams;
	return json(skein.search.page(query.get('search') ?? '', query.get('cursor') ?? undefined));
});
