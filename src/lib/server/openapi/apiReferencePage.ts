/** The OpenAPI document as a page for people. */
import { createHash } from 'node:crypto';
import { render } from 'svelte/server';
import ApiReference from './ApiReference.svelte';
import type { openApiDocument } from './openApiDocument';

export interface ReferencePage {
	readonly html: string;
	/** What of it a browser may use: nothing of the page comes from elsewhere, and nothing runs. */
	readonly policy: string;
}

export function apiReferencePage(document: ReturnType<typeof openApiDocument>): ReferencePage {
	const { head, body } = render(ApiReference, { props: { document } });
	const html =
		'<!doctype html><html lang="en"><head><meta charset="utf-8">' +
		'<meta name="viewport" content="width=device-width, initial-scale=1">' +
		`${head}</head><body>${body}</body></html>`;
	const policy =
		`default-src 'none'; style-src ${styleHashes(html)}; ` +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
	return { html, policy };
}

/** By the bytes of each (CSP level 2): another style, however it came in, counts for nothing. */
function styleHashes(html: string): string {
	const styles = [...html.matchAll(/<style[^>]*>([^]*?)<\/style>/g)].map(([, style = '']) => style);
	const hashOf = (style: string) => createHash('sha256').update(style).digest('base64');
	return styles.map((style) => `'sha256-${hashOf(style)}'`).join(' ');
}

export const apiReferenceAnswer = ({ html, policy }: ReferencePage): Response =>
	new Response(html, {
		headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }
	});
