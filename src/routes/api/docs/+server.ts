import { sessionCookieName } from '$lib/server/auth/sessionCookie';
import { openEndpoint } from '$lib/server/http/endpoint';
import { apiReferenceAnswer, apiReferencePage } from '$lib/server/openapi/apiReferencePage';
import { openApiDocument } from '$lib/server/openapi/openApiDocument';
import { routeTable } from '../routeTable';
import { version } from '../../../../package.json';

export const GET = openEndpoint(
	{ summary: 'This API as a page for people', answers: { 200: 'text/html' } },
	async ({ skein, event }) => {
		const cookie = sessionCookieName(event.url);
		const page = await skein.madeOnce.get(`docs ${cookie}`, async () =>
			apiReferencePage(openApiDocument(await routeTable(), { version, cookie }))
		);
		return apiReferenceAnswer(page);
	}
);
