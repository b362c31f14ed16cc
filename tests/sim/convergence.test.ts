/** Devices and a relay under faults: after healing, everyone must show the same (DESIGN section 10). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHeadlessDevice } from '../../src/lib/sync/headlessDevice';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';
import { directConversationId } from '../../src/lib/domain/ids';
import { directoryFacts } from '../../src/lib/domain/directory';
import { directoryRoom, infoRoom } from '../../src/lib/protocol/rooms';
import { infoFacts } from '../../src/lib/domain/info';
import { startKillableRelay, type KillableRelay } from './killableRelay.fixture';
import type { Device } from '../../src/lib/sync/device';
import { parseEntryId, type EntryId } from '../../src/lib/domain/entry';
import type { RelayAccess } from '../../sync-server/ports';
import type { TimelineMessage } from '../../src/lib/domain/timeline';

// Each stock provider listens for the end of the process.
process.setMaxListeners(0);

const person = (letter: string, name: string) => ({
	id: letter.repeat(16),
	username: name,
	displayName: name
});
const ALICE = person('a', 'alice');
const BOB = person('b', 'bob');
const CONVERSATION = directConversationId(ALICE.id, BOB.id);
const HEAL_MS = 20_000;
/** More by hand, when hunting: `SIM_RUNS=500 npx vitest run tests/sim`. */
const RUNS = Number(process.env.SIM_RUNS ?? 25);

/** A Bearer token is a user id here; both users are members. */
const access: RelayAccess = {
	authenticate: async ({ authorization = '' }) => {
		const userId = authorization.replace('Bearer ', '');
		return { userId, sessionId: userId };
	},
	access: async (user, room) => {
		if (room.type === 'segment') return 'write';
		return room.type === 'info' || room.user === user ? 'read' : 'none';
	},
	conversationsOf: async () => [CONVERSATION],
	allowsOrigin: () => true
};

async function openDevice(relay: KillableRelay, self: typeof ALICE, name: string) {
	const disk = createMemoryDisk();
	const open = () => createHeadlessDevice({ self, origin: relay.origin, token: self.id, disk });
	let device = await open();
	let lines = 0;
	let conversation = device.conversations.use(CONVERSATION).sync;
	await conversation.whenLoaded;
	const messages = (): TimelineMessage[] => conversation.items.filter((item) => item.type === 'message');
	return {
		name,
		lost: false,
		messages,
		get device(): Device {
			return device;
		},
		/** Writes its next line, perhaps as a reply to something that it sees. */
		write(replyToNth: number | undefined): { id: EntryId; text: string } {
			const seen = messages();
			const target = replyToNth === undefined ? undefined : seen[replyToNth % Math.max(1, seen.length)];
			const text = `${name} ${lines++}`;
			return { id: conversation.send({ text, replyTo: target?.id }), text };
		},
		isSent(id: EntryId): boolean {
			return conversation.isSent(parseEntryId(id)!);
		},
		async reopen(): Promise<void> {
			await device.close();
			device = await open();
			conversation = device.conversations.use(CONVERSATION).sync;
			await conversation.whenLoaded;
		},
		synced: () => device.syncState === 'synced' && conversation.synced
	};
}

type SimDevice = Awaited<ReturnType<typeof openDevice>>;

/** Waits until the condition holds, looking again whenever a device changes. */
async function until(devices: readonly SimDevice[], condition: () => boolean): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const stops: (() => void)[] = [];
		const timer = setTimeout(() => finish(() => reject(new Error('no peace in time'))), HEAL_MS);
		const finish = (end: () => void) => {
			clearTimeout(timer);
			for (const stop of stops) stop();
			end();
		};
		const look = () => {
			if (condition()) finish(resolve);
		};
		for (const { device } of devices) stops.push(device.onChange(look));
		look();
	});
}

async function setUp(count: number) {
	const relay = await startKillableRelay(access);
	const people = new Map([ALICE, BOB].map((each) => [each.id, each]));
	const info = {
		kind: 'direct' as const,
		name: '',
		live: 0,
		members: new Map([...people.keys()].map((id) => [id, 'member' as const])),
		people
	};
	await relay.relay!.project(infoRoom(CONVERSATION), infoFacts(info));
	for (const [self, peer] of [
		[ALICE, BOB],
		[BOB, ALICE]
	] as const) {
		const conversations = new Map([[CONVERSATION, { id: CONVERSATION, kind: 'direct' as const, peer }]]);
		await relay.relay!.project(directoryRoom(self.id), directoryFacts({ self, conversations }));
	}
	const devices: SimDevice[] = [];
	for (let i = 0; i < count; i++)
		devices.push(await openDevice(relay, i % 2 === 0 ? ALICE : BOB, `device ${i}`));
	for (const { device } of devices) device.connect();
	await until(devices, () => devices.every((each) => each.synced()));
	return { relay, devices };
}

const arbitraryStep = fc.record({
	do: fc.oneof(
		{ weight: 8, arbitrary: fc.constant('write' as const) },
		{ weight: 3, arbitrary: fc.constantFrom('offline' as const, 'online' as const, 'reopen' as const) },
		{ weight: 3, arbitrary: fc.constantFrom('kill' as const, 'start' as const, 'start' as const) },
		{ weight: 3, arbitrary: fc.constant('turns' as const) },
		{ weight: 1, arbitrary: fc.constant('lose' as const) }
	),
	at: fc.nat(3),
	nth: fc.option(fc.nat(20), { nil: undefined }),
	turns: fc.integer({ min: 1, max: 30 })
});

const arbitraryRun = fc.record({
	count: fc.integer({ min: 2, max: 4 }),
	steps: fc.array(arbitraryStep, { minLength: 10, maxLength: 60 })
});

type Run = typeof arbitraryRun extends fc.Arbitrary<infer T> ? T : never;

async function simulate({ count, steps }: Run): Promise<void> {
	const { relay, devices } = await setUp(count);
	/** Lines by device; which of them were told to be sent. */
	const written = new Map<EntryId, { by: SimDevice; text: string }>();
	const sent = new Set<EntryId>();
	const noteSent = () => {
		for (const [id, { by }] of written) if (!by.lost && by.isSent(id)) sent.add(id);
	};
	try {
		for (const { do: what, at, nth, turns } of steps) {
			const each = devices[at % count]!;
			const here = devices.filter(({ lost }) => !lost);
			if (what === 'kill') relay.kill();
			else if (what === 'start') relay.start();
			else if (what === 'turns')
				for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
			else if (each.lost) continue;
			else if (what === 'write') {
				const line = each.write(nth);
				if (line) written.set(line.id, { by: each, text: line.text });
			} else if (what === 'offline') each.device.disconnect();
			else if (what === 'online') each.device.connect();
			else if (what === 'reopen') {
				noteSent();
				await each.reopen();
				each.device.connect();
			} else if (here.length > 1) {
				noteSent();
				each.lost = true;
				await each.device.close();
			}
			noteSent();
		}
		relay.start();
		const here = devices.filter(({ lost }) => !lost);
		for (const { device } of here) device.connect();
		const one = here[0]!;
		const same = () => here.every((each) => each.messages().length === one.messages().length);
		await until(here, () => here.every((each) => each.synced()) && same());
		judge(here, written, sent);
	} finally {
		for (const each of devices) if (!each.lost) await each.device.close();
		await relay.dispose();
	}
}

function judge(
	here: readonly SimDevice[],
	written: Map<EntryId, { by: SimDevice; text: string }>,
	sent: Set<EntryId>
): void {
	const shown = here[0]!.messages();
	for (const each of here) expect(each.messages(), `P5: ${each.name} shows what others show`).toEqual(shown);
	const ids = shown.map(({ id }) => id);
	expect(new Set(ids).size, 'P2: nothing stands twice').toBe(ids.length);
	for (const [id, { by, text }] of written) {
		if (by.lost && !sent.has(id)) continue;
		expect(shown.find((message) => message.id === id)?.text, `P1, P9: ${text} is there`).toBe(text);
	}
	for (const by of new Set([...written.values()].map((line) => line.by))) {
		const own = shown.filter(({ id }) => written.get(id)?.by === by).map(({ id }) => id);
		const order = [...written.keys()].filter((id) => own.includes(id));
		expect(own, `P3: the lines of ${by.name} are in its order`).toEqual(order);
	}
	for (const [i, { replyTo }] of shown.entries()) {
		if (replyTo !== undefined && ids.includes(replyTo)) expect(ids.indexOf(replyTo), 'P4').toBeLessThan(i);
	}
}

it(
	'devices that lose the network, their process or themselves converge, and nothing that was sent is lost (P1–P5, P9)',
	async () => {
		await fc.assert(fc.asyncProperty(arbitraryRun, simulate), {
			numRuns: RUNS,
			endOnFailure: true,
			timeout: 2 * HEAL_MS
		});
	},
	30_000 + RUNS * 2_000
);
