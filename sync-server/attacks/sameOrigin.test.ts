/**
 * Many items of two clients at one place: Yjs compares each with each. Versions of 30 kB and 120 kB froze a server that
 * hands such updates to Yjs for 6 s and for 174 s. The guard takes none: an item stands behind its own log's last one.
 */
import { expect, test } from 'vitest';
import { BOB } from '../relay.fixture';
import { attackedRoom } from './bystanders.fixture';
import { FORGED, OWN_ROOT, pile, section, updateOf } from './hostileUpdates.fixture';
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
