import { json } from '@sveltejs/kit';
import { endpoint } from '$lib/server/http/endpoint';
import { noSuchUser } from '$lib/server/http/problem';

export const GET = endpoint(({ skein, param }) => {
	const user = skein.people.person(param('id'));
	if (!user) throw noSuchUser();
	return json({ user });
});
