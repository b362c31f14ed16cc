/** Healing: everyone is connected again, and waits until all of them and the relay hold the same. */
import { CONVERSATIONS, type Cast } from './cast';
import { compareFactValues } from '../../src/lib/conversation/factValues';
import { documentOf, entriesIn, type SimDevice } from './simDevice';
import { formatEntryId, type Entry } from '../../src/lib/domain/entry';
import { parseRoom, segmentRoom } from '../../src/lib/protocol/rooms';
import { until } from './until';
import type { AnyValue } from '../../src/lib/domain/boundedAny';
import type { ConversationId } from '../../src/lib/domain/ids';

export async function heal({ host }: Cast, present: readonly SimDevice[]): Promise<void> {
	host.start();
	for (const each of present) each.goOnline();
	await rest(host, present);
	// Whatever waits for the next connection, as what was cancelled too late, has it now.
	for (const each of present) {
		each.goOffline();
		each.goOnline();
	}
	await rest(host, present);
}

async function rest(host: Cast['host'], present: readonly SimDevice[]): Promise<void> {
	await until(present, 'devices come to rest', async () => {
		for (const { device } of present) device.home.flush();
		await host.settled();
		return (
			present.find(({ device }) => device.syncState !== 'synced' || device.unsent > 0) ??
			differingHome(present) ??
			(await differingSegment(host, present))
		);
	});
}

function differingHome(present: readonly SimDevice[]): string | undefined {
	for (const one of present)
		for (const other of present) {
			if (one.self !== other.self) continue;
			const held = (each: SimDevice) =>
				Object.fromEntries([...each.device.home.facts].map(([key, { value }]) => [key, value])) as AnyValue;
			if (!compareFactValues(held(one), held(other))) return `home of ${one.name} and ${other.name} differ`;
		}
	return undefined;
}

/**
 * What a device keeps of a conversation stands like that at the relay too, whether it is open there or not. What was
 * cancelled before it left says nothing, and leaves with the next thing that does.
 */
async function differingSegment(
	host: Cast['host'],
	present: readonly SimDevice[]
): Promise<string | undefined> {
	const relay = await relayEntries(host);
	for (const conversation of CONVERSATIONS) {
		const has = relay.get(conversation)!;
		const known = new Set(has.map(formatEntryId));
		for (const each of present)
			for (const [n, entries] of each.entriesOf(conversation)) {
				const here = print(entries.filter((entry) => entry.body || known.has(formatEntryId(entry))));
				const there = print(has.filter(({ segment }) => segment === n));
				const only = (some: readonly string[], others: readonly string[]) =>
					some.filter((line) => !others.includes(line)).join('\n');
				const differing = [only(here, there), only(there, here)];
				if (differing.some((text) => text !== ''))
					return `${segmentRoom(conversation, n)} on ${each.name}:\n${differing.join('\nat the relay:\n')}`;
			}
	}
	return undefined;
}

const print = (entries: readonly Entry[]): string[] =>
	entries.map(
		(entry) =>
			`${formatEntryId(entry)} ${entry.kind} ${entry.body ? Buffer.from(entry.body).toString('latin1') : '-'}`
	);

/** What lies at the relay, by conversation. */
export async function relayEntries({
	disk
}: Cast['host']): Promise<ReadonlyMap<ConversationId, readonly Entry[]>> {
	const found = new Map<ConversationId, readonly Entry[]>();
	for (const conversation of CONVERSATIONS) {
		const entries: Entry[] = [];
		for (const { room } of (await disk.changedSince(0, [conversation])).rooms) {
			const parsed = parseRoom(room);
			if (parsed?.type !== 'segment') continue;
			entries.push(...entriesIn(documentOf((await disk.load(room)).updates), parsed.segment));
		}
		found.set(conversation, entries);
	}
	return found;
}
