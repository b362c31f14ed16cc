/** What the Content Security Policy of the pages forbids, should something ever try. Each test elsewhere ends with no report. */
import { expect, test } from '../kit';

test('text becomes markup or a script by no way of a page’s own, and each try is heard by the lab', async ({
	people
}) => {
	const alice = await people.register('alice');
	const [desk] = await alice.devices('desk');
	await expect(desk).toHaveSynced();
	const { page } = desk;

	const tried = await page.evaluate(() => {
		const failed = (act: () => unknown): string => {
			try {
				act();
				return 'was done';
			} catch (error) {
				return error instanceof Error ? error.name : String(error);
			}
		};
		const types = (
			globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
		).trustedTypes;
		const script = document.createElement('script');
		return {
			markup: failed(() => (document.createElement('p').innerHTML = '<b>no</b>')),
			address: failed(() => (script.src = '/anything.js')),
			code: failed(() => (script.text = 'globalThis.ran = true')),
			policy: failed(() => types.createPolicy('mine', { createHTML: (text: string) => text })),
			again: failed(() =>
				types.createPolicy('skein-service-worker', { createScriptURL: (url: string) => url })
			)
		};
	});
	expect(tried).toEqual({
		markup: 'TypeError',
		address: 'TypeError',
		code: 'TypeError',
		policy: 'TypeError',
		again: 'TypeError'
	});
	expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
	for (const heard of [/TrustedHTML/, /TrustedScriptURL/, /'TrustedScript'/, /named 'skein-service-worker'/])
		await expect.poll(() => desk.policyReports).toContainEqual(expect.stringMatching(heard));
	desk.takePolicyReports();
});

test('the worker that opens the app with no network is registered under the policy', async ({ people }) => {
	const alice = await people.register('alice');
	const [desk] = await alice.devices('desk');
	await expect
		.poll(() => desk.page.evaluate(async () => (await navigator.serviceWorker.ready).active?.scriptURL))
		.toBe(`${desk.address}/service-worker.js`);
	expect(desk.policyReports).toEqual([]);
});

test('the pages, the description of the API and its answers say what each may do', async ({ relay }) => {
	const policyOf = async (path: string) => {
		const { headers } = await fetch(`http://127.0.0.1:${relay.port}${path}`);
		return headers.get('content-security-policy') ?? '';
	};
	for (const path of ['/', '/login', '/c/anything']) {
		const policy = await policyOf(path);
		for (const part of [
			"require-trusted-types-for 'script'",
			'trusted-types svelte-trusted-html skein-service-worker',
			"object-src 'none'",
			"base-uri 'none'",
			"frame-ancestors 'none'"
		])
			expect(policy, path).toContain(part);
		expect(policy).toMatch(/script-src 'self' 'sha256-[^ ;]+'(?: 'sha256-[^ ;]+')*;/);
		expect(policy).not.toContain('unsafe-eval');
		expect(policy).toContain("style-src 'self'; style-src-attr 'unsafe-inline'");
	}
	for (const path of ['/api/docs', '/api/openapi.json', '/api/health', '/_app/remote/nothing'])
		expect(await policyOf(path), path).toMatch(/^default-src 'none';/);
});
