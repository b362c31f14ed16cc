/**
 * The offline lab: `import { test, expect } from '../kit'`. Each test has a relay of its own on a fresh folder, people,
 * and devices on wires that it can cut. All of it is gone when the test ends.
 */
import { test as base } from '@playwright/test';
import { findChromium } from '../../scripts/findChromium.mjs';
import { Device } from './device';
import { People } from './people';
import { OWN_STYLE } from './picture';
import { Profile } from './profile';
import { SharedBrowser } from './sharedBrowser';
import { startProxy, type Proxy } from './proxy';
import { RelayProcess } from './relayProcess';
import type { DeviceBrowser } from './deviceBrowser';

import { expect } from './expect';

export { expect };

interface Lab {
	/**
	 * `test.use({ ownBrowsers: true })`: each device is a browser by itself with a profile on disk, which can be closed or
	 * killed and opened again.
	 */
	ownBrowsers: boolean;
	/** The server: `kill()` (SIGKILL), `stop()`, `restart()` on the same data. */
	relay: RelayProcess;
	/** Accounts: `const alice = await people.register('alice')`. */
	people: People;
	/** A browser that nobody is logged in on, with its own wire. It is not open yet. */
	newDevice: (name: string) => Promise<Device>;
}

interface Shared {
	chromiumPath: string;
	sharedBrowser: SharedBrowser;
}

export const test = base.extend<Lab, Shared>({
	chromiumPath: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern.
		async ({}, use) => {
			const found = await findChromium();
			if ('problem' in found) throw new Error(found.problem);
			await use(found.path);
		},
		{ scope: 'worker' }
	],

	sharedBrowser: [
		async ({ chromiumPath }, use) => {
			const browser = new SharedBrowser(chromiumPath);
			await use(browser);
			await browser.close();
		},
		{ scope: 'worker' }
	],

	ownBrowsers: [false, { option: true }],

	// eslint-disable-next-line no-empty-pattern -- as above
	relay: async ({}, use, testInfo) => {
		const relay = await RelayProcess.start();
		await use(relay);
		if (testInfo.status !== testInfo.expectedStatus) {
			await testInfo.attach('server', { body: relay.output, contentType: 'text/plain' });
		}
		await relay.dispose();
	},

	newDevice: async ({ relay, chromiumPath, sharedBrowser, ownBrowsers }, use, testInfo) => {
		const made: { device: Device; browser: DeviceBrowser; wire: Proxy }[] = [];
		await use(async (name) => {
			const wire = await startProxy(() => relay.port);
			const browser = ownBrowsers ? await Profile.create(chromiumPath) : sharedBrowser.part();
			const device = new Device(name, browser, wire);
			made.push({ device, browser, wire });
			return device;
		});
		for (const { device, browser, wire } of made) {
			if (testInfo.status !== testInfo.expectedStatus && device.isOpen) {
				const body = await device.page.screenshot(OWN_STYLE);
				await testInfo.attach(device.name, { body, contentType: 'image/png' });
				// The reporter would cut an attachment short.
				process.stderr.write(`\n${testInfo.title}: ${device.name} shows\n${await device.describe()}\n`);
			}
			await device.close();
			await wire.close();
			await browser.dispose();
		}
		expect(made.flatMap(({ device }) => device.policyReports)).toEqual([]);
	},

	people: async ({ relay, newDevice }, use) => {
		const people = new People(relay, newDevice);
		await use(people);
		await people.close();
	}
});
