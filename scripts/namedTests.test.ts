/** docs/SECURITY.md says of each line of defence which file holds it and which test fails without it: they are there. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'docs/SECURITY.md'), 'utf8');
const there = ['src', 'sync-server', 'tests', 'scripts'].flatMap((folder) =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
);
const names = new Set(there.map((path) => basename(path)));

it('each test and each source file that the security document names is there', () => {
	const named = [...text.matchAll(/`([\w./-]+\.ts)`/g)].map(([, path = '']) => basename(path));
	expect(named.length).toBeGreaterThan(100);
	expect(named.filter((name) => !names.has(name))).toEqual([]);
});

it('each test of attacks on the relay that it names without its ending is there', () => {
	const [, table = ''] = /## The relay under attack([^]*?)\n## /.exec(text) ?? [];
	const named = [...table.matchAll(/^\|.*\|.*\|(.*)\|$/gm)].flatMap(([, cell = '']) =>
		[...cell.matchAll(/`([\w./-]+)`/g)].map(([, path = '']) => basename(path))
	);
	expect(named.length).toBeGreaterThan(20);
	expect(named.filter((name) => name !== 'attacks' && !names.has(`${name}.test.ts`))).toEqual([]);
});
