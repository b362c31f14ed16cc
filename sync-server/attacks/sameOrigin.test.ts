/**
 * Many items of two clients at one place: Yjs compares each with each. Versions of 30 kB and 120 kB froze a server that
 * hands such updates to Yjs for 6 s and for 174 s. The guard takes none: an item stands behind its own log's last one.
 */
import { expect, test } from 'vitest';
import { BOB } from '../relay.fixture';
import { attackedRoom } from './bystanders.fixture';
import {
	BODY,
	firstEntry,
	FORGED,
	header,
	OWN_ROOT,
	pile,
	section,
	updateOf
} from './hostileUpdates.fixture';
import { CLOSE } from '../../src/lib/protocol/closeCodes';

test.each([30_000, 120_000])('two client ids with one origin, %i bytes', async (bytes) => {
	const { attack, attacker, talk } = await attackedRoom();
	const origin = { client: talk.phone.doc.clientID, clock: 1 };
	const update = updateOf([FORGED, FORGED + 1].map((id) => section(id, pile(origin, bytes / 2))));
	await attack(async () => {
		for (const send of ['sendUpdate', 'sendStep2'] as const) {
			const bob = await attacker({ session: `${BOB}-1` });
			bob[send](update);
			expect((await bob.closed).code).toBe(CLOSE.forbidden);
		}
	});
});

test.each([30_000, 120_000])("one's own item as everyone's origin, %i bytes", async (bytes) => {
	const { attack, attacker } = await attackedRoom();
	const first = { root: OWN_ROOT, bytes: new Uint8Array([0x80, 0]) };
	const behind = pile({ client: FORGED, clock: 0 }, bytes / 2);
	const update = updateOf([section(FORGED + 1, behind), section(FORGED, [first, ...behind])]);
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1` });
		bob.sendStep2(update);
		expect((await bob.closed).code).toBe(CLOSE.forbidden);
	});
});

/** Entries that are right in all but their place: each item stands behind the log's first. */
const entriesBehindTheFirst = (client: number, entries: number) =>
	section(client, [
		...firstEntry(`${BOB}:${client}`, client).structs,
		...Array.from({ length: entries }, (_, i) => [
			{ origin: { client, clock: 0 }, bytes: header(i + 1) },
			{ origin: { client, clock: 0 }, bytes: BODY }
		]).flat()
	]);

test.each([30_000, 120_000])(
	'whole entries of two logs, all behind the first item, %i bytes',
	async (bytes) => {
		const { attack, attacker } = await attackedRoom();
		const update = updateOf([FORGED + 1, FORGED].map((id) => entriesBehindTheFirst(id, bytes / 2 / 28)));
		await attack(async () => {
			for (const send of ['sendUpdate', 'sendStep2'] as const) {
				const bob = await attacker({ session: `${BOB}-1` });
				bob[send](update);
				expect((await bob.closed).code).toBe(CLOSE.forbidden);
			}
		});
	}
);
