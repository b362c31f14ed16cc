/**
 * What `npm start` and `npm test` need before they can run, done only where something is missing or has changed:
 * the packages of the lockfile, and a build of the sources. Plain Node: it runs before anything is installed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSources } from './buildSources.mjs';
import { fingerprint } from './fingerprint.mjs';
import { run } from './run.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

const NODE_MIN = { major: 20, minor: 19 };
const installStamp = join(root, 'node_modules/.cache/skein/installed');
const buildStamp = join(root, 'build/.sources');

/** Says why, if this Node is too old to run Skein. */
export function nodeProblem(version = process.versions.node) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	if (major > NODE_MIN.major || (major === NODE_MIN.major && minor >= NODE_MIN.minor)) return undefined;
	return `Skein needs Node ${NODE_MIN.major}.${NODE_MIN.minor} or newer, and this is Node ${version}. Get it from https://nodejs.org.`;
}

/** Installs the packages if the lockfile, or the Node they are compiled for, is not the one of the last time. */
export async function install() {
	const wanted = `${process.versions.modules} ${process.platform} ${process.arch} ${fingerprint(root, ['package-lock.json'])}`;
	if (read(installStamp) === wanted && existsSync(join(root, 'node_modules/vite'))) return;
	console.log('Installing packages …');
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	const { status } = await run(npm, ['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root });
	if (status !== 0) throw new Error('Installing the packages failed: npm says why above.');
	write(installStamp, wanted);
}

/** Builds the app if its sources are not those of the last build. */
export async function build() {
	const wanted = buildSources(root);
	if (read(buildStamp) === wanted && existsSync(join(root, 'build/handler.js'))) return;
	console.log('Building …');
	const { status, output } = await bin('vite/bin/vite.js', ['build', '--logLevel', 'warn'], { quiet: true });
	if (status !== 0) throw new Error(`The build failed:\n${output}`);
	write(buildStamp, wanted);
}

/**
 * Runs the program of an installed package.
 * @param {string} path below node_modules
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [options]
 */
export const bin = (path, args, options) =>
	run(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root, ...options });

/** @param {string} path */
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/**
 * @param {string} path
 * @param {string} text
 */
function write(path, text) {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
}
