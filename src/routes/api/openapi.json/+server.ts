import { z } from 'zod';
import { sessionCookieName } from '$lib/server/auth/sessionCookie';
import { openEndpoint } from '$lib/server/http/endpoint';
import { openApiDocument } from '$lib/server/openapi/openApiDocument';
import { routeTable } from '../routeTable';
import { version } from '../../../../package.json';

export const GET = openEndpoint(
	{
		summary: 'This document',
		answers: { 200: z.looseObject({ openapi: z.literal('3.1.0') }) }
	},
	async ({ skein, event }) => {
		const cookie = sessionCookieName(event.url);
		const text = await skein.madeOnce.get(`openapi ${cookie}`, async () =>
			JSON.stringify(openApiDocument(await routeTable(), { version, cookie }))
		);
		return new Response(text, { headers: { 'content-type': 'application/json' } });
	}
);
