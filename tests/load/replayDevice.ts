/** A headless device of the replay: goes offline and comes back, is closed and opened again from its disk. */
import { createDevice, type Device } from '../../src/lib/sync/device';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';
import { headlessPorts } from '../../src/lib/sync/headlessDevice';
import type { ConversationId } from '../../src/lib/domain/ids';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { EntryId } from '../../src/lib/domain/entry';
import type { Person } from '../../src/lib/domain/people';
import type { ReplayClock } from './replayClock';
import type { SocketLike } from '../../src/lib/sync/ports';
import type { Stamp } from '../../src/lib/domain/stamp';
import type { TimelineItem } from '../../src/lib/domain/timeline';

/** Bytes of WebSocket messages, as the devices count them. */
export interface Traffic {
	sent: number;
	received: number;
}

export interface ReplayDeviceOptions {
	readonly name: string;
	readonly self: Person;
	readonly token: string;
	readonly origin: string;
	readonly clock: ReplayClock;
	readonly traffic: Traffic;
}

export class ReplayDevice {
	readonly name: string;
	readonly disk = createMemoryDisk();
	online = false;
	readonly #options: ReplayDeviceOptions;
	#device: Device | undefined;
	readonly #held = new Map<ConversationId, ConversationSync>();
	/** How far this device's clock runs ahead of the replay's. */
	#aheadMs = 0;

	private constructor(options: ReplayDeviceOptions) {
		this.name = options.name;
		this.#options = options;
	}

	static async open(options: ReplayDeviceOptions): Promise<ReplayDevice> {
		const opened = new ReplayDevice(options);
		await opened.#open();
		return opened;
	}

	get device(): Device {
		if (!this.#device) throw new Error(`${this.name} is closed`);
		return this.#device;
	}

	/** Held open for as long as the device is, and all of its history with it. */
	conversation(id: ConversationId): ConversationSync {
		const held = this.#held.get(id) ?? this.device.conversations.use(id).sync;
		this.#held.set(id, held);
		return held;
	}

	/** Brings all of its history into memory. */
	async loadAll(id: ConversationId): Promise<void> {
		const conversation = this.conversation(id);
		await conversation.whenLoaded;
		while (conversation.hasEarlier) await conversation.loadEarlier();
	}

	timeline(id: ConversationId): readonly TimelineItem[] {
		return this.conversation(id).items;
	}

	goOnline(): void {
		this.online = true;
		this.device.connect();
	}

	goOffline(): void {
		this.online = false;
		this.device.disconnect();
	}

	/** Closes the device and opens what is on its disk, offline. */
	async reopen(): Promise<void> {
		this.goOffline();
		await this.close();
		await this.#open();
	}

	async close(): Promise<void> {
		const closing = this.#device;
		this.#device = undefined;
		await closing?.close();
	}

	/**
	 * Writes a line. Its nick may have written the one before, at the time `after`, on another device: people do not
	 * change devices within the error of a clock that was corrected over a network, so the clock moves past it first.
	 */
	write(conversation: ConversationId, text: string, after: Stamp | undefined): { id: EntryId; stamp: Stamp } {
		const { clock } = this.device;
		if (after) this.#aheadMs += Math.max(0, after.ms + 1 - clock.correctedNow());
		const id = this.conversation(conversation).send({ text });
		return { id, stamp: clock.state.last };
	}

	async #open(): Promise<void> {
		const { self, origin, token, clock } = this.#options;
		const ports = headlessPorts({ token, disk: this.disk, now: () => clock.now() + this.#aheadMs });
		const openSocket = (url: string): SocketLike => this.#counted(ports.openSocket(url));
		this.#device = await createDevice({ self, origin, token, ports: { ...ports, openSocket } });
		const known = [...this.#held.keys()];
		this.#held.clear();
		await Promise.all(known.map((id) => this.loadAll(id)));
	}

	#counted(socket: SocketLike): SocketLike {
		const { traffic } = this.#options;
		const send = socket.send.bind(socket);
		socket.send = (data) => {
			traffic.sent += data.length;
			send(data);
		};
		(socket as unknown as EventTarget).addEventListener('message', (event) => {
			traffic.received += (event as MessageEvent<ArrayBuffer>).data.byteLength;
		});
		return socket;
	}
}
