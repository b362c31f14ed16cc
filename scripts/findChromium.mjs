/**
 * A Chromium for the tests: the one that CHROMIUM_PATH names, Playwright's own, one on the machine; failing these,
 * Playwright's download; failing that, for root on Debian and its kin, the system's package.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { bin } from './prepare.mjs';
import { run } from './run.mjs';

const NAMES = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'chrome',
	'microsoft-edge'
];
const PLACES = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

/** @returns {Promise<{ path: string } | { problem: string }>} */
export async function findChromium() {
	const named = process.env.CHROMIUM_PATH;
	if (named)
		return (await runs(named))
			? { path: named }
			: { problem: `CHROMIUM_PATH is ${named}, which does not run.` };
	const present = await firstThatRuns([await playwrightsOwn(), ...onThisMachine()]);
	if (present) return { path: present };
	console.log('No Chromium here: downloading the one of Playwright …');
	await bin('playwright/cli.js', ['install', 'chromium']);
	const downloaded = await firstThatRuns([await playwrightsOwn()]);
	if (downloaded) return { path: downloaded };
	if (process.getuid?.() === 0 && onPath(['apt-get'])[0]) {
		console.log('Installing the Chromium of this system …');
		await run('apt-get', ['update', '-qq']);
		await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
		const installed = await firstThatRuns([await playwrightsOwn(), ...onThisMachine()]);
		if (installed) return { path: installed };
	}
	return {
		problem:
			'No Chromium was found, and none could be installed. Install Chromium or Chrome (on Debian or Ubuntu: ' +
			'sudo apt-get install chromium), or give its path as CHROMIUM_PATH.'
	};
}

async function playwrightsOwn() {
	const { chromium } = await import('@playwright/test');
	return chromium.executablePath();
}

const onThisMachine = () => [...onPath(NAMES), ...PLACES];

/** @param {readonly string[]} names */
function onPath(names) {
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		// Absent or not to be run: both mean the same here.
		return false;
	}
}

/** @param {readonly string[]} paths */
async function firstThatRuns(paths) {
	for (const path of paths) if (existsSync(path) && (await runs(path))) return path;
	return undefined;
}

/** A browser whose libraries are missing exists and does not run. */
const runs = async (/** @type {string} */ path) =>
	(await run(path, ['--version'], { quiet: true })).status === 0;
