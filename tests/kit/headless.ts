/** A device without a screen, with the app's own code below it: it writes much, or what no screen would write. */
import { createHeadlessDevice } from '../../src/lib/sync/headlessDevice';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { Device } from '../../src/lib/sync/device';
import type { EntryId } from '../../src/lib/domain/entry';
import type { Person } from './people';
import type { RelayProcess } from './relayProcess';

export interface HeadlessOptions {
	/** Its wall clock in milliseconds. */
	readonly now?: () => number;
}

export class Headless {
	readonly device: Device;
	readonly #held = new Map<string, ConversationSync>();

	private constructor(device: Device) {
		this.device = device;
	}

	static async open(person: Person, relay: RelayProcess, { now }: HeadlessOptions): Promise<Headless> {
		const device = await createHeadlessDevice({
			self: { id: person.id, username: person.username, displayName: person.username },
			origin: `http://127.0.0.1:${relay.port}`,
			token: person.token,
			now
		});
		const headless = new Headless(device);
		await headless.goOnline();
		return headless;
	}

	/** Returns when it is caught up and everything it wrote is on the relay's disk. */
	async goOnline(): Promise<void> {
		this.device.connect();
		await this.#until(() => this.device.syncState === 'synced');
	}

	goOffline(): void {
		this.device.disconnect();
	}

	/** Held open until this device is closed. Returns once its documents are read and, if online, caught up. */
	async conversation(id: string): Promise<ConversationSync> {
		await this.#until(() => this.device.directory.conversations.has(id));
		const held = this.#held.get(id) ?? this.device.conversations.use(id).sync;
		this.#held.set(id, held);
		await held.whenLoaded;
		if (this.device.link.status === 'online') await this.#until(() => held.synced);
		return held;
	}

	/** Writes messages one after the other, at once. Returns their ids; they may not have left yet. */
	async write(conversation: string, texts: Iterable<string>): Promise<EntryId[]> {
		const sync = await this.conversation(conversation);
		return Array.from(texts, (text) => sync.send({ text }));
	}

	/** Waits until the relay has all that was written here. */
	async sent(): Promise<void> {
		await this.#until(() => this.device.syncState === 'synced');
	}

	async close(): Promise<void> {
		await this.device.close();
	}

	/** Looks again with every change. The test's own time-out ends it. */
	#until(condition: () => boolean): Promise<void> {
		if (condition()) return Promise.resolve();
		return new Promise((resolve) => {
			const stop = this.device.onChange(() => {
				if (!condition()) return;
				stop();
				resolve();
			});
		});
	}
}
