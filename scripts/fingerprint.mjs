import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * A hash over the names and contents of files and of all files below folders: the same sources give the same
 * fingerprint, whenever they were checked out. What is absent counts as absent. `leaveOut` tells which paths
 * (relative to `root`, with slashes) do not matter.
 * @param {string} root
 * @param {readonly string[]} paths
 * @param {(path: string) => boolean} [leaveOut]
 */
export function fingerprint(root, paths, leaveOut = () => false) {
	const hash = createHash('sha256');
	for (const path of paths.flatMap((path) => filesAt(join(root, path)))) {
		const name = relative(root, path).replaceAll('\\', '/');
		if (leaveOut(name)) continue;
		const bytes = readFileSync(path);
		hash.update(`${name}\0${bytes.length}\0`).update(bytes);
	}
	return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesAt(path) {
	if (!existsSync(path)) return [];
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesAt(join(path, name)));
}
