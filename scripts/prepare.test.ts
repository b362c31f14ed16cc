import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import config from '../svelte.config.js';
import { buildSources } from './buildSources.mjs';
import { fingerprint } from './fingerprint.mjs';
import { nodeProblem, root } from './prepare.mjs';
import { run } from './run.mjs';

let folder: string;
const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'skein-scripts-'));
	mkdirSync(join(folder, 'src'));
	write('src/a.ts', 'one');
	write('src/b.ts', 'two');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(['20.19.0', '20.20.2', '22.1.0', '24.0.0'])('Node %s is new enough', (version) => {
	expect(nodeProblem(version)).toBeUndefined();
});

test.each(['20.18.3', '18.20.0', '16.0.0'])(
	'Node %s is told to be too old, and which one is needed',
	(version) => {
		expect(nodeProblem(version)).toContain(`this is Node ${version}`);
		expect(nodeProblem(version)).toContain('20.19');
	}
);

test('the same sources have the same fingerprint, whenever they were written', () => {
	const before = fingerprint(folder, ['src', 'missing']);
	write('src/a.ts', 'one');
	expect(fingerprint(folder, ['src', 'missing'])).toBe(before);
});

test('a change, a new file, a renamed and a removed one change the fingerprint', () => {
	const seen = new Set([fingerprint(folder, ['src'])]);
	write('src/a.ts', 'uno');
	seen.add(fingerprint(folder, ['src']));
	write('src/c.ts', 'three');
	seen.add(fingerprint(folder, ['src']));
	rmSync(join(folder, 'src/c.ts'));
	write('src/d.ts', 'three');
	seen.add(fingerprint(folder, ['src']));
	rmSync(join(folder, 'src/b.ts'));
	seen.add(fingerprint(folder, ['src']));
	expect(seen.size).toBe(5);
});

test('what is left out does not matter', () => {
	const leaveOut = (path: string): boolean => path.endsWith('.test.ts');
	const before = fingerprint(folder, ['src'], leaveOut);
	write('src/a.test.ts', 'a test');
	expect(fingerprint(folder, ['src'], leaveOut)).toBe(before);
});

test('what is built from the same sources is the same version of the app', () => {
	const name = config.kit?.version?.name;
	expect(name).toMatch(/^[0-9a-f]{16}$/);
	expect(buildSources(root)).toMatch(new RegExp(`^${name}`));
});

test('a program that cannot start has a status, and no exception', async () => {
	expect((await run('skein-no-such-program', [], { quiet: true })).status).toBe(127);
});

test('a program gives its status and what it said', async () => {
	const { status, output } = await run(process.execPath, ['-e', 'console.log("said"); process.exit(3)'], {
		quiet: true
	});
	expect(status).toBe(3);
	expect(output.trim()).toBe('said');
});
