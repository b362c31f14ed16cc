/** Where the pages of one device run. */
import type { BrowserContext, BrowserContextOptions, LaunchOptions } from '@playwright/test';

export interface DeviceBrowser {
	/** Starts it, with all that it kept. */
	open(): Promise<BrowserContext>;
	/** SIGKILL to all of its processes: no goodbye, no flush. Settles when it is gone. */
	kill(): Promise<void>;
	/** What it kept is gone. It must be closed. */
	dispose(): Promise<void>;
}

export const launchOptions = (executablePath: string): LaunchOptions => ({
	executablePath,
	chromiumSandbox: process.getuid?.() !== 0,
	args: [
		'--disable-gpu',
		'--disable-background-networking',
		'--disable-component-update',
		'--disable-sync',
		'--disable-dev-shm-usage'
	]
});

export const DEVICE_OPTIONS: BrowserContextOptions = {
	viewport: { width: 1100, height: 760 },
	locale: 'en-GB'
};
