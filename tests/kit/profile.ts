/** A browser with a profile on disk, so that it can be closed and opened again with all that it keeps. */
import { chromium, type BrowserContext } from '@playwright/test';
import { mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cutTornLogs } from './tornLog';
import { DEVICE_OPTIONS, launchOptions, type DeviceBrowser } from './deviceBrowser';

export class Profile implements DeviceBrowser {
	readonly #folder: string;
	readonly #executablePath: string;
	#context: BrowserContext | undefined;

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
	async open(): Promise<BrowserContext> {
		this.#context = await chromium.launchPersistentContext(this.#folder, {
			...launchOptions(this.#executablePath),
			...DEVICE_OPTIONS
		});
		return this.#context;
	}

	/** Chromium names its first process in the lock of the profile, and Playwright gives it a process group. */
	async kill(): Promise<void> {
		const lock = await readlink(join(this.#folder, 'SingletonLock'));
		const pid = Number(/-(\d+)$/.exec(lock)?.[1]);
		if (!Number.isInteger(pid)) throw new Error(`${lock} names no process`);
		const gone = this.#context?.waitForEvent('close');
		process.kill(-pid, 'SIGKILL');
		await gone;
		await cutTornLogs(this.#folder);
	}

	async dispose(): Promise<void> {
		await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
}
