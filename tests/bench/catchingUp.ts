/** What was written elsewhere while this device was offline arrives: how long until it is here, and how smoothly. */
import { Api } from '../kit/api';
import { createHeadlessDevice } from '../../src/lib/sync/headlessDevice';
import { mintUuid } from '../../src/lib/domain/ids';
import { naiveMoreUrl, naiveName } from './histories';
import { pathOf, running, type BenchLab } from './benchLab';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { Device } from '../../src/lib/sync/device';
import type { EntryId } from '../../src/lib/domain/entry';
import type { FilledSet } from './openings';
import type { Frames } from './pages/paint';
import type { NaiveBench } from './pages/naive';
import type { Person } from '../../src/lib/domain/people';
import type { RelayProcess } from '../kit/relayProcess';
import type { SkeinBench } from './pages/skein';

/** `messages` go on to further segments; `reactions` stay in the one that the first messages stand in. */
export type WrittenElsewhere = 'messages' | 'reactions';

export interface CatchingUp extends Frames {
	/** Segments that are on this device by then, of those that there are. */
	readonly segmentsHere: number;
	readonly segments: number;
}

interface Account {
	readonly user: Person;
	readonly token: string;
	readonly password: string;
	readonly api: Api;
}

const FIRST_MESSAGES = 100;
const FIRST_TEXT = 'before the silence';
const LAST_TEXT = 'the last one while you were away';

/** Over the real relay, whose line is cut and restored at the front. */
export async function measureCatchingUp(
	lab: BenchLab,
	relay: RelayProcess,
	{ kind, count, run }: { kind: WrittenElsewhere; count: number; run: number }
): Promise<CatchingUp> {
	lab.front.online = true;
	const reader = await register(relay, `reader.${kind}.${run}`);
	const writer = await register(relay, `writer.${kind}.${run}`);
	const id = mintUuid(Date.now(), (length) => crypto.getRandomValues(new Uint8Array(length)));
	await reader.api.call('POST', 'conversations', {
		id,
		kind: 'group',
		name: 'Wool',
		members: [writer.user.id]
	});
	const device = await createHeadlessDevice({
		self: writer.user,
		token: writer.token,
		origin: `http://127.0.0.1:${relay.port}`
	});
	device.connect();
	const { sync } = device.conversations.use(id);
	await until(device, () => device.syncState === 'synced' && sync.info !== undefined);
	const first = Array.from({ length: FIRST_MESSAGES }, (_, i) => sync.send({ text: `${FIRST_TEXT}, ${i}` }));
	await until(device, () => device.unsent === 0 && device.syncState === 'synced');

	try {
		return await lab.visit(await lab.newProfile(), pathOf('skein'), async (page) => {
			await running(page);
			await page.evaluate(
				async ({ username, password }) => {
					const headers = { 'content-type': 'application/json' };
					await fetch('/api/login', {
						method: 'POST',
						headers,
						body: JSON.stringify({ username, password })
					});
				},
				{ username: reader.user.username, password: reader.password }
			);
			await page.evaluate(
				({ self, at }) => (window as unknown as { bench: SkeinBench }).bench.open(self, at),
				{ self: reader.user, at: id }
			);
			await page.waitForFunction(
				() => (window as unknown as { bench: SkeinBench }).bench.syncState() === 'synced'
			);
			await page.evaluate(() => (window as unknown as { bench: SkeinBench }).bench.goOffline());
			await write(sync, kind, first, count - 1);
			sync.send({ text: LAST_TEXT });
			await until(device, () => device.unsent === 0 && device.syncState === 'synced');
			const frames = await page.evaluate(
				(last) => (window as unknown as { bench: SkeinBench }).bench.catchUp(last),
				LAST_TEXT
			);
			const here = await page.evaluate(() =>
				(window as unknown as { bench: SkeinBench }).bench.segmentsHere()
			);
			return { ...frames, segmentsHere: here, segments: sync.live + 1 };
		});
	} finally {
		lab.front.online = false;
		await device.close();
	}
}

/** In turns, so that what is written leaves meanwhile. */
async function write(
	sync: ConversationSync,
	kind: WrittenElsewhere,
	first: readonly EntryId[],
	count: number
): Promise<void> {
	const emoji = ['👍', '🧶', '🎉', '👀', '❤️'];
	for (let i = 0; i < count; i++) {
		if (kind === 'messages')
			sync.send({ text: `written while you were away, number ${i}, with a few words more` });
		else
			await sync.react(
				first[i % first.length]!,
				emoji[Math.floor(i / first.length) % emoji.length]!,
				Math.floor(i / 500) % 2 === 0
			);
		if (i % 250 === 0) await new Promise((resolve) => setImmediate(resolve));
	}
}

/** The naive document gets as many messages in one update, without a network in between. */
export function measureNaiveCatchingUp(
	lab: BenchLab,
	{ set, profile }: FilledSet,
	count: number
): Promise<Frames> {
	return lab.visit(profile, pathOf('naive'), async (page) => {
		await running(page);
		await page.evaluate(
			(name) => (window as unknown as { bench: NaiveBench }).bench.open(name),
			naiveName(set.conversations[0]!)
		);
		return page.evaluate(
			(url) => (window as unknown as { bench: NaiveBench }).bench.receive(url),
			naiveMoreUrl(set, count)
		);
	});
}

async function register(relay: RelayProcess, username: string): Promise<Account> {
	const password = `${username} likes wool and long walks`;
	const body = { username, password, displayName: username };
	const { user, token } = await new Api(relay).call<{ user: Person; token: string }>(
		'POST',
		'register',
		body
	);
	return { user, token, password, api: new Api(relay, token) };
}

function until(device: Device, holds: () => boolean): Promise<void> {
	return new Promise((resolve) => {
		const stops = [
			device.onChange(look),
			...device.conversations.values().map((sync) => sync.onChange(look))
		];
		function look(): void {
			if (!holds()) return;
			for (const stop of stops) stop();
			resolve();
		}
		look();
	});
}
