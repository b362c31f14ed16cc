/**
 * The built app once more, as a later build is: another service worker, and every part under another name. Nothing of the
 * build before is in it.
 */
import { cp, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
/** The hash in the name of a part, as the build writes it (scripts/shortNames.mjs). */
const HASHED = /([\w-]{7})\.(?:js|css|svg|png|woff2)$/;

export interface Release {
	readonly folder: string;
	/** How its version is called. The build before knows nothing of it. */
	readonly version: string;
	dispose(): Promise<void>;
}

export async function newerRelease(): Promise<Release> {
	const folder = await mkdtemp(join(tmpdir(), 'skein-release-'));
	for (const part of ['build', 'scripts'])
		await cp(join(root, part), join(folder, part), { recursive: true });
	await cp(join(root, 'package.json'), join(folder, 'package.json'));
	await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));

	const client = join(folder, 'build/client');
	const told = JSON.parse(await readFile(join(client, '_app/version.json'), 'utf8')) as { version: string };
	const version = `${told.version}-newer`;
	const names = new Map([[told.version, version]]);
	const parts = await filesIn(join(client, '_app/immutable'));
	for (const part of parts) {
		const hash = HASHED.exec(part)?.[1];
		if (hash) names.set(hash, [...hash].reverse().join(''));
	}
	const old = new RegExp([...names.keys()].join('|'), 'g');
	const renamed = (text: string) => text.replace(old, (name) => names.get(name) ?? name);

	for (const file of await filesIn(join(folder, 'build'))) {
		// What is compressed tells of the old names: without it the server sends the files as they are.
		if (/\.(br|gz)$/.test(file)) await rm(file);
		else if (/\.(js|css|json|html)$/.test(file)) await writeFile(file, renamed(await readFile(file, 'utf8')));
	}
	for (const part of parts.filter((file) => HASHED.test(file)))
		await rename(part, join(dirname(part), renamed(basename(part))));
	return { folder, version, dispose: () => rm(folder, { recursive: true, force: true }) };
}

async function filesIn(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}
