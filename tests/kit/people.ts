/** The cast of a test: accounts, and the devices that they log in on. */
import { Api } from './api';
import type { Device } from './device';
import { Headless, type HeadlessOptions } from './headless';
import type { RelayProcess } from './relayProcess';

interface SessionAnswer {
	readonly user: { readonly id: string; readonly username: string };
	readonly token: string;
}

export class Person {
	readonly id: string;
	readonly username: string;
	readonly displayName: string;
	readonly password: string;
	/** REST with a session of its own, apart from those of the devices. */
	readonly api: Api;
	/** Of that session. */
	readonly token: string;
	readonly #newDevice: (name: string) => Promise<Device>;
	readonly #openHeadless: (person: Person, options: HeadlessOptions) => Promise<Headless>;

	constructor(of: {
		id: string;
		username: string;
		displayName: string;
		password: string;
		api: Api;
		token: string;
		newDevice: (name: string) => Promise<Device>;
		openHeadless: (person: Person, options: HeadlessOptions) => Promise<Headless>;
	}) {
		this.id = of.id;
		this.username = of.username;
		this.displayName = of.displayName;
		this.password = of.password;
		this.api = of.api;
		this.token = of.token;
		this.#newDevice = of.newDevice;
		this.#openHeadless = of.openHeadless;
	}

	/** New devices on which this person is logged in, open at the list of conversations. */
	async devices<const Names extends readonly string[]>(
		...names: Names
	): Promise<{ [N in keyof Names]: Device }> {
		const devices = await Promise.all(
			names.map(async (name) => {
				const device = await this.#newDevice(`${this.username}'s ${name}`);
				await device.openAs(this);
				return device;
			})
		);
		return devices as { [N in keyof Names]: Device };
	}

	/** A device without a browser, online and synced: for what need not be typed. */
	headless(options: HeadlessOptions = {}): Promise<Headless> {
		return this.#openHeadless(this, options);
	}

	/** A direct conversation with somebody, or a group. Returns its id. */
	async startConversation(others: readonly Person[], name?: string): Promise<string> {
		const { conversation } = await this.api.call<{ conversation: { id: string } }>('POST', 'conversations', {
			kind: name === undefined ? 'direct' : 'group',
			members: others.map(({ id }) => id),
			name
		});
		return conversation.id;
	}
}

export class People {
	readonly #relay: RelayProcess;
	readonly #newDevice: (name: string) => Promise<Device>;
	readonly #headless: Headless[] = [];

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
			displayName,
			password,
			api: new Api(this.#relay, token),
			token,
			newDevice: this.#newDevice,
			openHeadless: async (person, options) => {
				const opened = await Headless.open(person, this.#relay, options);
				this.#headless.push(opened);
				return opened;
			}
		});
	}

	/** Closes the devices without a screen. */
	async close(): Promise<void> {
		await Promise.all(this.#headless.map((each) => each.close()));
	}
}
