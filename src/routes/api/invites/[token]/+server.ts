import { json } from '@sveltejs/kit';
import { invitedAnswer } from '$lib/server/conversations/conversationAnswer';
import { openEndpoint } from '$lib/server/http/endpoint';

/** For people without account too. */
export const GET = openEndpoint(({ skein, event, param }) =>
	json(invitedAnswer(skein.invites.open(param('token'), event.locals.user?.id)))
);
