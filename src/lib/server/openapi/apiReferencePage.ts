/** The OpenAPI document as a page for people. */
import { render } from 'svelte/server';
import ApiReference from './ApiReference.svelte';
import type { openApiDocument } from './openApiDocument';

/** Nothing of the page comes from elsewhere, and nothing runs. */
const POLICY =
	"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** As HTML. */
export function apiReferencePage(document: ReturnType<typeof openApiDocument>): string {
	const { head, body } = render(ApiReference, { props: { document } });
	return (
		'<!doctype html><html lang="en"><head><meta charset="utf-8">' +
		'<meta name="viewport" content="width=device-width, initial-scale=1">' +
		`${head}</head><body>${body}</body></html>`
	);
}

export const apiReferenceAnswer = (page: string): Response =>
	new Response(page, {
		headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY }
	});
