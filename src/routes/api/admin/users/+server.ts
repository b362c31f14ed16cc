import { adminEndpoint } from '$lib/server/http/endpoint';
import { usersQuery } from '$lib/protocol/rest';
import { accountsAnswer } from '$lib/protocol/restAnswers';

export const GET = adminEndpoint(
	{
		summary: 'Finds accounts by name, a page at a time',
		query: usersQuery,
		answers: { 200: accountsAnswer }
	},
	async ({ skein, query }) => {
		const page = skein.administration.users(query.search, query.cursor);
		// A relay by itself may be away: who is there is told all the same.
		const bytes = await Promise.allSettled(page.users.map(({ id }) => skein.relay.bytesOf(id)));
		const users = page.users.map((user, i) => {
			const told = bytes[i];
			return { ...user, bytes: told?.status === 'fulfilled' ? told.value : undefined };
		});
		return { status: 200, answer: { ...page, users } };
	}
);
