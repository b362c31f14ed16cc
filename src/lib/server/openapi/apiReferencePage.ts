/** The OpenAPI document as a page for people. */
import { render } from 'svelte/server';
import ApiReference from './ApiReference.svelte';
import type { openApiDocument } from './openApiDocument';

/** Nothing of the page comes from elsewhere, and nothing runs. */
const POLICY =
	"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function apiReferencePage(document: ReturnType<typeof openApiDocument>): Response {
	const { head, body } = render(ApiReference, { props: { document } });
	const page =
		'<!doctype html><html lang="en"><head><meta charset="utf-8">' +
		'<meta name="viewport" content="width=device-width, initial-scale=1">' +
		`${head}</head><body>${body}</body></html>`;
	return new Response(page, {
		headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY }
	});
}
