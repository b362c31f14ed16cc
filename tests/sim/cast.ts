/** Who takes part in a run: the people, their devices, and the host between them. */
import { SimDevice } from './simDevice';
import { startHost, type Host } from './host.fixture';
import { until } from './until';
import type { ConversationId } from '../../src/lib/domain/ids';
import type { SegmentLimits } from '../../src/lib/domain/limits';

const person = (letter: string, name: string) => ({
	id: letter.repeat(16),
	username: name,
	displayName: name
});

export const ALICE = person('a', 'alice');
export const BOB = person('b', 'bob');
const CAROL = person('c', 'carol');
const PEOPLE = [ALICE, BOB, CAROL];

/** The one that people have open, and another that they open now and then. */
export const CONVERSATIONS: readonly [ConversationId, ConversationId] = [
	'018f0000-0000-7000-8000-000000000001',
	'018f0000-0000-7000-8000-000000000002'
];

export interface CastPlan {
	/** How many devices each of two or three people has. */
	readonly devices: readonly number[];
	readonly limits: SegmentLimits;
}

export interface Cast {
	readonly host: Host;
	readonly devices: readonly SimDevice[];
	/** Devices that are not lost. */
	readonly living: readonly SimDevice[];
	dispose(): Promise<void>;
}

/** Everyone is there, with their first conversation open, and has synced once. */
export async function gather({ devices: counts, limits }: CastPlan): Promise<Cast> {
	const people = PEOPLE.slice(0, counts.length);
	const host = await startHost({ people, conversations: CONVERSATIONS, limits });
	const devices = people.flatMap((self, i) =>
		Array.from(
			{ length: counts[i]! },
			(_, n) => new SimDevice({ name: `${self.username} ${n + 1}`, self, origin: host.origin, limits })
		)
	);
	for (const each of devices) {
		await each.start();
		each.goOnline();
	}
	await until(devices, 'the cast is there', () =>
		devices.find(({ device }) => device.syncState !== 'synced' || device.directory.conversations.size < 2)
	);
	for (const each of devices) await each.look(CONVERSATIONS[0]);
	return {
		host,
		devices,
		get living() {
			return devices.filter(({ lost }) => !lost);
		},
		async dispose() {
			for (const each of devices) if (!each.lost) await each.close();
			await host.dispose();
		}
	};
}
