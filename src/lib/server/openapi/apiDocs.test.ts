import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { routeTable } from '../../../routes/api/routeTable';

let lab: ApiLab;
let answer: Response;
let page: string;

beforeAll(async () => {
	lab = await new ApiLab().start();
	answer = await lab.fetch(new Request('http://localhost:3000/api/docs'));
	page = await answer.text();
});
afterAll(() => lab.stop());

test('the page of the API tells of every route there is', async () => {
	for (const { method, path } of await routeTable())
		expect(page, `${method} ${path}`).toMatch(
			new RegExp(`<b>${method}</b> ${path.replace(/\[(\w+)\]/g, '\\{$1\\}')}<`)
		);
});

test('the page of the API asks nothing of anywhere, and runs nothing', () => {
	expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
	const [style, ...others] = [...page.matchAll(/<style[^>]*>([^]*?)<\/style>/g)].map(([, text = '']) => text);
	const hash = createHash('sha256')
		.update(style ?? '')
		.digest('base64');
	expect(others).toEqual([]);
	expect(answer.headers.get('content-security-policy')).toBe(
		`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
	);
	expect(page).not.toMatch(/ style=/);
	expect(page).not.toMatch(/<script|<link|<img|\bsrc=|url\(/i);
	expect([...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href?.[0])).not.toContain('h');
});

test('what a body must hold stands on the page, with an example', () => {
	const [, send] = page.split('id="postMessagesSend"');
	expect(send).toContain('messages:send');
	expect(send).toMatch(/text: string \(/);
	expect(send).toContain('The warp is on the loom.');
});
