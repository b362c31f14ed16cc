/** The cast of a test: accounts, and the devices that they log in on. */
import { Api } from './api';
import type { Device } from './device';
import type { RelayProcess } from './relayProcess';

interface SessionAnswer {
	readonly user: { readonly id: string; readonly username: string };
	readonly token: string;
}

export class Person {
	readonly id: string;
	readonly username: string;
	readonly password: string;
	/** REST with a session of its own, apart from those of the devices. */
	readonly api: Api;
	readonly #newDevice: (name: string) => Promise<Device>;

	constructor(of: {
		id: string;
		username: string;
		password: string;
		api: Api;
		newDevice: (name: string) => Promise<Device>;
	}) {
		this.id = of.id;
		this.username = of.username;
		this.password = of.password;
		this.api = of.api;
		this.#newDevice = of.newDevice;
	}

	/** New devices on which this person is logged in: one browser profile each. */
	async devices<const Names extends readonly string[]>(
		...names: Names
	): Promise<{ [N in keyof Names]: Device }> {
		const devices: Device[] = [];
		for (const name of names) {
			const device = await this.#newDevice(`${this.username}'s ${name}`);
			await device.logIn(this);
			devices.push(device);
		}
		return devices as { [N in keyof Names]: Device };
	}
}

export class People {
	readonly #relay: RelayProcess;
	readonly #newDevice: (name: string) => Promise<Device>;

	constructor(relay: RelayProcess, newDevice: (name: string) => Promise<Device>) {
		this.#relay = relay;
		this.#newDevice = newDevice;
	}

	async register(username: string, displayName = username): Promise<Person> {
		const password = `${username} likes wool and long walks`;
		const { user, token } = await new Api(this.#relay).call<SessionAnswer>('POST', 'register', {
			username,
			password,
			displayName
		});
		return new Person({
			id: user.id,
			username,
			password,
			api: new Api(this.#relay, token),
			newDevice: this.#newDevice
		});
	}
}
