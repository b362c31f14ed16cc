/** The demonstration on a server of its own, and browsers before it. All of it ends with the program. */
import { join } from 'node:path';
import { Device } from '../../tests/kit/device';
import { expect } from '../../tests/kit/expect';
import { Profile } from '../../tests/kit/profile';
import { startProxy } from '../../tests/kit/proxy';
import { RelayProcess } from '../../tests/kit/relayProcess';
import { root } from '../prepare.mjs';
import { run } from '../run.mjs';
import * as screen from '../../tests/kit/screen';

export const PASSWORD = 'warp and weft of it';

/** Outside of a test an expectation waits for 5 seconds; two weeks on a busy machine take longer. */
const SYNCED_WITHIN_MS = 120_000;

export const hasSynced = (device: Device): Promise<void> =>
	expect(() => expect(device).toHaveSynced()).toPass({ timeout: SYNCED_WITHIN_MS });

export class Stage {
	readonly relay: RelayProcess;
	readonly #chromium: string;
	readonly #ending: (() => Promise<void>)[] = [];

	private constructor(relay: RelayProcess, chromium: string) {
		this.relay = relay;
		this.#chromium = chromium;
		this.#ending.push(() => relay.dispose());
	}

	/** With the demonstration as it was so many days ago. */
	static async open(chromium: string, { daysAgo }: { daysAgo: number }): Promise<Stage> {
		const stage = new Stage(await RelayProcess.start(), chromium);
		await stage.goOnUntil(daysAgo);
		return stage;
	}

	/** Lets the demonstration go on, while nobody looks. */
	async goOnUntil(daysAgo: number): Promise<void> {
		await this.relay.stop();
		const env = { ...process.env, SKEIN_DATA: this.relay.data };
		const args = [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'scripts/seed.ts')];
		const { status } = await run(process.execPath, [...args, '--until', String(daysAgo)], { cwd: root, env });
		if (status !== 0) throw new Error('the demonstration could not be written');
		await this.relay.restart();
	}

	/** A browser that nobody is logged in on. */
	async newDevice(name: string): Promise<Device> {
		const wire = await startProxy(() => this.relay.port);
		const profile = await Profile.create(this.#chromium);
		const device = new Device(name, profile, wire);
		this.#ending.push(async () => {
			await device.close();
			await wire.close();
			await profile.dispose();
		});
		await device.open('/login');
		return device;
	}

	async logIn(device: Device, username: string): Promise<void> {
		await device.goTo('/login');
		await device.fillLogin(username, PASSWORD);
		await expect(screen.accountButton(device.page)).toBeVisible();
		await hasSynced(device);
		await device.isInstalled();
	}

	async close(): Promise<void> {
		for (const end of this.#ending.reverse()) await end();
	}
}
