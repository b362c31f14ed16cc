/** A browser with a profile on disk, so that it can be closed and opened again with all that it keeps. */
import { chromium, type BrowserContext } from '@playwright/test';
import { mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const QUIET = [
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-dev-shm-usage'
];

export class Profile {
	readonly #folder: string;
	readonly #executablePath: string;

	private constructor(folder: string, executablePath: string) {
		this.#folder = folder;
		this.#executablePath = executablePath;
	}

	static async create(executablePath: string): Promise<Profile> {
		return new Profile(await mkdtemp(join(tmpdir(), 'skein-profile-')), executablePath);
	}

	/** Where the browser keeps the profile on disk. */
	get folder(): string {
		return this.#folder;
	}

	/** Starts the browser. The same profile must not be open twice. */
	open(): Promise<BrowserContext> {
		return chromium.launchPersistentContext(this.#folder, {
			executablePath: this.#executablePath,
			chromiumSandbox: process.getuid?.() !== 0,
			args: QUIET,
			viewport: { width: 1100, height: 760 },
			locale: 'en-GB'
		});
	}

	/**
	 * SIGKILL to the browser and all of its processes: no goodbye, no flush. Chromium names its first process in the lock
	 * of the profile, and Playwright gives it a process group.
	 */
	async kill(): Promise<void> {
		const lock = await readlink(join(this.#folder, 'SingletonLock'));
		const pid = Number(/-(\d+)$/.exec(lock)?.[1]);
		if (!Number.isInteger(pid)) throw new Error(`${lock} names no process`);
		process.kill(-pid, 'SIGKILL');
	}

	async dispose(): Promise<void> {
		await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
}
