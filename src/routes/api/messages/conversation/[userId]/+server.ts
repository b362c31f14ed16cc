import { json } from '@sveltejs/kit';
import { endpoint } from '$lib/server/http/endpoint';
import { noSuchUser } from '$lib/server/http/problem';
import { readPageRequest } from '$lib/server/messages/messagePage';

/** The direct conversation with a person; no messages if it has not begun. */
export const GET = endpoint(async ({ skein, user, param, event }) => {
	const request = readPageRequest(event.url.searchParams);
	if (!skein.people.person(param('userId'))) throw noSuchUser();
	const conversation = skein.conversations.directWith(user.id, param('userId'));
	return json(conversation ? await skein.messages.read(user.id, conversation, request) : { messages: [] });
});
