/**
 * The attacks on the relay by itself, `npm run relay` as a process on the app's tables: two devices of a member talk on
 * while another member, or a stranger, does what no device does. Each attack in its many forms is in sync-server/attacks.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeLinkFrame } from '../protocol/linkFrames';
import { ApiLab } from './testing/apiLab.fixture';
import type { ApiClient } from './testing/apiClient.fixture';
import { Bystander, Talk } from '../../../sync-server/attacks/talk.fixture';
import { CLOSE } from '../protocol/closeCodes';
import { FRAME_BYTES_MAX } from '../domain/limits';
import { logName } from '../domain/entry';
import { openProvider } from '../../../sync-server/relay.fixture';
import { RawClient } from '../../../sync-server/rawClient.fixture';
import { RawLink } from '../../../sync-server/rawLink.fixture';
import { readSettings } from './settings';
import { RelayAloneProcess } from './testing/relayAloneProcess.fixture';
import { relayFor } from './app';
import { say, textsOf } from '../../../sync-server/writing.fixture';
import {
	BODY,
	firstEntry,
	foreignContents,
	FORGED,
	gcStructs,
	header,
	laterEntry,
	nestedAny,
	pile,
	section,
	updateOf,
	varints
} from '../../../sync-server/attacks/hostileUpdates.fixture';

const GROUP_ID = '018f0000-0000-7000-8000-000000000001';
const ROOM = `c/${GROUP_ID}/0`;
const ENDLESS = new Uint8Array(FRAME_BYTES_MAX - 100).fill(0x80);
const MILLIONS = 33_000_000;

let lab: ApiLab;
let relay: RelayAloneProcess;
let alice: ApiClient;
let bob: ApiClient;
beforeAll(async () => {
	lab = new ApiLab();
	lab.nowMs = Date.now();
	relay = new RelayAloneProcess(lab.folder);
	await relay.start();
	const env = { RELAY_URL: relay.url, SKEIN_DATA: lab.folder };
	await lab.start(relayFor(readSettings(env)), env);
	[alice, bob] = [await lab.person('alice'), await lab.person('bob')];
	await alice.post('/api/conversations', { id: GROUP_ID, kind: 'group', members: [bob.id] });
});
afterAll(async () => {
	await relay.end('SIGKILL');
	await lab.stop();
});

const url = () => `${relay.url.replace('http', 'ws')}/sync`;
const bystander = () =>
	new Bystander(
		alice.id,
		openProvider(url(), { session: alice.token ?? '', room: ROOM, params: { ack: '1' } })
	);
const client = (of: ApiClient | undefined, origin?: string) =>
	new RawClient(url(), { session: of?.token ?? 'nobody', room: ROOM, query: 'ack=1', origin });
const ownRoot = () => logName(bob.id, FORGED);

/** Runs an attack beside the talk: every line is acked and arrives, and a fresh device has the same, and nothing pending. */
async function beside<T>(attack: (victim: number) => Promise<T>): Promise<T> {
	const talk = await new Talk(bystander(), bystander()).begin();
	const result = await talk.during(() => attack(talk.phone.doc.clientID));
	const reader = bystander();
	await reader.synced();
	const texts = textsOf(reader.doc);
	for (const line of talk.said) expect(texts).toContain(line);
	expect(textsOf(talk.laptop.doc)).toEqual(texts);
	expect([reader.doc.store.pendingStructs, reader.doc.store.pendingDs]).toEqual([null, null]);
	return result;
}

async function codeOf(send: (client: RawClient) => void): Promise<number> {
	const attacker = client(bob);
	await attacker.opened;
	send(attacker);
	return (await attacker.closed).code;
}

/** Live updates of Bob's, each on a connection of its own, and what each is refused with. */
const UPDATES: readonly (readonly [string, number, (victim: number) => Uint8Array])[] = [
	["another's root name", CLOSE.forbidden, () => updateOf([firstEntry(logName(alice.id, FORGED))])],
	['the root name __proto__', CLOSE.forbidden, () => updateOf([firstEntry('__proto__')])],
	[
		"an origin in another's log",
		CLOSE.forbidden,
		(victim) => updateOf([section(FORGED, [{ origin: { client: victim, clock: 1 }, bytes: header(0) }])])
	],
	['a forged client id', CLOSE.forbidden, (victim) => updateOf([laterEntry(victim, 400_000)])],
	[
		"a delete of another's",
		CLOSE.forbidden,
		(victim) => updateOf([], [{ client: victim, clock: 1, length: 1 }])
	],
	...[30_000, 120_000].map(
		(bytes) =>
			[
				`two client ids with one origin, ${bytes} bytes`,
				CLOSE.forbidden,
				(victim: number) =>
					updateOf(
						[FORGED, FORGED + 1].map((id) => section(id, pile({ client: victim, clock: 1 }, bytes / 2)))
					)
			] as const
	),
	['33 million structs in 8 bytes', CLOSE.badFrame, () => varints(1, MILLIONS, FORGED, 0)],
	['a varint of endless length', CLOSE.badFrame, () => ENDLESS],
	['120,000 GC structs', CLOSE.badFrame, () => gcStructs(120_000)],
	[
		'an origin in the future',
		CLOSE.forbidden,
		() =>
			updateOf([
				section(FORGED, [
					{ root: ownRoot(), bytes: header(0) },
					{ origin: { client: FORGED, clock: 5_000 }, bytes: BODY }
				])
			])
	],
	['60 kB of nested any', CLOSE.badFrame, () => nestedAny(ownRoot())],
	[
		'V2 encoding',
		CLOSE.badFrame,
		() => {
			const doc = new Y.Doc();
			say(doc, bob.id, 'in the other encoding');
			return Y.encodeStateAsUpdateV2(doc);
		}
	],
	...foreignContents('').map(
		([name], i) =>
			[
				name,
				CLOSE.badFrame,
				() => {
					const doc = new Y.Doc();
					foreignContents(bob.id)[i]![1](doc);
					return Y.encodeStateAsUpdate(doc);
				}
			] as const
	)
];

it.each(UPDATES)('an update with %s is refused with %i, and others talk on', async (_, code, update) => {
	expect(await beside((victim) => codeOf((attacker) => attacker.sendUpdate(update(victim))))).toBe(code);
});

it('16 MB in one frame are refused', async () => {
	const closing = () => codeOf((attacker) => attacker.send(new Uint8Array(16_000_000)));
	expect(await beside(closing)).toBe(CLOSE.tooLarge);
});

it('gaps and future deletes pile up nowhere: one question is open, whatever comes', async () => {
	const questions = await beside(async () => {
		const attacker = client(bob);
		await attacker.hears('step1');
		for (let i = 0; i < 2_500; i++) {
			attacker.sendUpdate(updateOf([laterEntry(FORGED + i, 1_000 + i)]));
			attacker.sendUpdate(updateOf([], [{ client: FORGED + i, clock: 1_000, length: 1 }]));
		}
		await attacker.answered();
		return attacker.count('step1');
	});
	expect(questions).toBe(1);
});

it('a known struct with a bogus origin changes nothing', async () => {
	await beside(async (victim) => {
		const attacker = client(bob);
		await attacker.hears('ack');
		const origin = { client: victim, clock: 2_000_000 };
		attacker.sendUpdate(
			updateOf([
				section(victim, [
					{ origin, bytes: header(0) },
					{ origin, bytes: BODY }
				])
			])
		);
		await attacker.answered();
		expect(attacker.socket.readyState).toBe(WebSocket.OPEN);
	});
});

it('a frame of somebody whose login fails is never read', async () => {
	const heard = await beside(async () => {
		const stranger = client(undefined);
		stranger.sendUpdate(updateOf([firstEntry(logName(alice.id, FORGED))]));
		stranger.sendStep1();
		expect((await stranger.closed).code).toBe(CLOSE.logIn);
		return stranger.heard;
	});
	expect(heard).toEqual([]);
});

it('10,000 joins to rooms that do not exist are each refused', async () => {
	await beside(async () => {
		const link = new RawLink(url(), bob.token ?? '');
		await link.opened;
		for (let i = 1; i <= 10_000; i++) {
			const room = `c/018f0000-0000-7000-8000-${String(i + 1).padStart(12, '0')}/0`;
			link.socket.send(encodeLinkFrame({ op: 'open', channel: i, room, query: '' }));
			if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
		}
		await link.hears('close', ({ channel }) => channel === 10_000);
		const closed = link.heard.flatMap((frame) => (frame.op === 'close' ? [frame.code] : []));
		expect([closed.length, new Set(closed)]).toEqual([10_000, new Set([CLOSE.forbidden])]);
		link.socket.terminate();
	});
});

it.each(['https://evil.example', 'null'])('a page whose Origin is %s is refused', async (origin) => {
	expect(await beside(async () => (await client(bob, origin).closed).code)).toBe(CLOSE.forbidden);
});

it('is as well as before, and holds the same once it is started again', async () => {
	const before = bystander();
	await before.synced();
	expect(await (await fetch(`${relay.url}/api/health`)).json()).toEqual({ status: 'ok' });
	await relay.end('SIGKILL');
	await relay.start();
	const behind = bystander();
	await behind.synced();
	expect(textsOf(behind.doc)).toEqual(textsOf(before.doc));
});
