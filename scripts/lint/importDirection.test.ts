import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const eslint = new ESLint({ cwd: root });

/** The rules that the project's own configuration finds broken in a file with this text. */
async function broken(filePath: string, code: string): Promise<(string | null)[]> {
	const [result] = await eslint.lintText(code, { filePath });
	return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

describe('the direction of imports', () => {
	test.each([
		['src/lib/domain/x.ts', '../protocol/rooms'],
		['src/lib/protocol/x.ts', '../conversation/log'],
		['src/lib/conversation/x.ts', '../sync/link'],
		['src/lib/sync/x.ts', '../state/models'],
		['src/lib/state/x.ts', '../ui/Composer.svelte'],
		['src/lib/ui/x.ts', '../server/accounts'],
		['src/lib/server/x.ts', '../../../sync-server/relay'],
		['src/lib/server/x.ts', '../sync/link'],
		['sync-server/x.ts', '../src/lib/server/app'],
		['src/routes/(app)/x.ts', '$lib/server/app']
	])('%s may not import %s', async (file, target) => {
		expect(await broken(file, `export * from '${target}';\n`)).toContain('skein/import-direction');
		expect(await broken(file, `export type X = import('${target}').X;\n`)).toContain(
			'skein/import-direction'
		);
	});

	test.each([
		['src/lib/protocol/x.ts', '../domain/ids'],
		['src/lib/state/x.ts', '../sync/link'],
		['src/lib/server/app.ts', '../../../sync-server/relay'],
		['src/lib/server/x.ts', '../conversation/factDocument'],
		['sync-server/x.ts', '../src/lib/protocol/rooms'],
		['src/hooks.server.ts', '$lib/server/app']
	])('%s may import %s', async (file, target) => {
		expect(await broken(file, `export * from '${target}';\n`)).not.toContain('skein/import-direction');
	});
});

describe('the pure layers', () => {
	test.each([
		'Date.now()',
		'Math.random()',
		'new Date()',
		'setTimeout(() => {}, 1)',
		"fetch('/')",
		'crypto.randomUUID()'
	])('know no %s', async (expression) => {
		const rules = await broken('src/lib/domain/x.ts', `export const x = () => ${expression};\n`);
		expect(rules.some((rule) => rule?.startsWith('no-restricted-'))).toBe(true);
	});

	test('the domain knows no Yjs', async () => {
		expect(await broken('src/lib/domain/x.ts', "export * from 'yjs';\n")).toContain('no-restricted-imports');
	});
});

test('no component writes raw HTML', async () => {
	expect(await broken('src/lib/ui/X.svelte', '<p>{@html "<b>x</b>"}</p>\n')).toContain(
		'svelte/no-at-html-tags'
	);
});
