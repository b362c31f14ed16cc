import { json } from '@sveltejs/kit';
import { endpoint } from '$lib/server/http/endpoint';
import { readPageRequest } from '$lib/server/messages/messagePage';

export const GET = endpoint(async ({ skein, user, param, event }) => {
	const conversation = skein.conversations.read(user.id, param('id'));
	return json(await skein.messages.read(user.id, conversation, readPageRequest(event.url.searchParams)));
});
