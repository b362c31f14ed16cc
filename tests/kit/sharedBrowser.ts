/**
 * One Chromium for the devices of a worker's tests, started with the first and again if it ends: starting a browser is
 * a good part of what a device costs. Each device has a part of it with cookies, databases and a service worker of its
 * own, which are in memory and gone when the part is closed.
 */
import { chromium, type Browser } from '@playwright/test';
import { DEVICE_OPTIONS, launchOptions, type DeviceBrowser } from './deviceBrowser';

export class SharedBrowser {
	readonly #executablePath: string;
	#browser: Browser | undefined;

	constructor(executablePath: string) {
		this.#executablePath = executablePath;
	}

	/** For one device. */
	part(): DeviceBrowser {
		let opened = false;
		return {
			open: async () => {
				if (opened) throw new Error(`opening it again ${NEEDS_OWN}`);
				opened = true;
				return (await this.#running()).newContext(DEVICE_OPTIONS);
			},
			kill: () => Promise.reject(new Error(`killing it ${NEEDS_OWN}`)),
			dispose: () => Promise.resolve()
		};
	}

	async close(): Promise<void> {
		await this.#browser?.close();
	}

	async #running(): Promise<Browser> {
		if (!this.#browser?.isConnected())
			this.#browser = await chromium.launch(launchOptions(this.#executablePath));
		return this.#browser;
	}
}

const NEEDS_OWN = 'takes a browser on a disk of its own: test.use({ ownBrowsers: true })';
