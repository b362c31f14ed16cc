/** Nothing piles up as pending: what does not follow on what is there is dropped, and asked for, one question at a time. */
import { expect, test } from 'vitest';
import { BOB } from '../relay.fixture';
import { attackedRoom } from './bystanders.fixture';
import { BODY, FORGED, header, laterEntry, OWN_ROOT, section, updateOf } from './hostileUpdates.fixture';
import { CLOSE } from '../../src/lib/protocol/closeCodes';
import type { RawClient } from '../rawClient.fixture';

const FRAMES = 5_000;

/** Sends so many frames of Bob's; what the relay said meanwhile. */
async function flood(frame: (i: number) => Uint8Array, how: 'sendUpdate' | 'sendStep2'): Promise<RawClient> {
	const { longAttack, attacker } = await attackedRoom();
	return longAttack(async (underWay) => {
		const bob = await attacker({ session: `${BOB}-1` });
		await bob.hears('step1');
		underWay();
		for (let i = 0; i < FRAMES; i++) bob[how](frame(i));
		await bob.answered();
		return bob;
	});
}

const gapOf = (i: number) => updateOf([laterEntry(FORGED + i, 1_000 + i)]);
const futureDelete = (i: number) => updateOf([], [{ client: FORGED + i, clock: 1_000 + i, length: 1 + i }]);

test.each([
	['gaps', gapOf],
	['future deletes', futureDelete]
])('%s in live updates are dropped: one sync step 1 is outstanding, whatever comes', async (_, frame) => {
	const bob = await flood(frame, 'sendUpdate');
	expect(bob.socket.readyState).toBe(bob.socket.OPEN);
	expect(bob.count('step1')).toBe(1);
});

test.each([
	['gaps', gapOf],
	['future deletes', futureDelete]
])('%s in sync steps 2 are left out', async (_, frame) => {
	const bob = await flood(frame, 'sendStep2');
	expect(bob.count('step1')).toBe(1);
});

test("an item whose origin lies in its own log's future is refused: no store ever gets it", async () => {
	const { attack, attacker } = await attackedRoom();
	await attack(async () => {
		for (const origin of [
			{ client: FORGED, clock: 1 },
			{ client: FORGED, clock: 5_000 }
		]) {
			for (const send of ['sendUpdate', 'sendStep2'] as const) {
				const bob = await attacker({ session: `${BOB}-1` });
				const own = section(FORGED, [
					{ root: OWN_ROOT, bytes: header(0) },
					{ origin, bytes: BODY }
				]);
				bob[send](updateOf([own]));
				expect((await bob.closed).code).toBe(CLOSE.forbidden);
			}
		}
	});
});

test("an item whose origin lies in another log's future is refused", async () => {
	const { attack, attacker, talk } = await attackedRoom();
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1` });
		const origin = { client: talk.phone.doc.clientID, clock: 2_000_000 };
		bob.sendUpdate(
			updateOf([
				section(FORGED, [
					{ root: OWN_ROOT, bytes: header(0) },
					{ origin, bytes: BODY }
				])
			])
		);
		expect((await bob.closed).code).toBe(CLOSE.forbidden);
	});
});

test('an item with a right origin is refused', async () => {
	const { attack, attacker, talk } = await attackedRoom();
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1` });
		const doc = talk.phone.doc;
		const forged = header(0);
		// Nothing of ours writes a right origin: info byte, right origin, bytes, and an item behind it.
		bob.sendUpdate(
			new Uint8Array([1, 1, FORGED, 0, 0x43, ...varuint(doc.clientID), 0, forged.length, ...forged, 0])
		);
		expect((await bob.closed).code).toBe(CLOSE.forbidden);
	});
});

test('an entry that is right in all but a right origin is refused', async () => {
	const { attack, attacker, talk } = await attackedRoom();
	const name = new TextEncoder().encode(OWN_ROOT);
	const first = [0x03, 1, name.length, ...name, header(0).length, ...header(0)];
	const body = [0xc3, FORGED, 0, ...varuint(talk.phone.doc.clientID), 0, BODY.length, ...BODY];
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1` });
		bob.sendUpdate(new Uint8Array([1, 2, FORGED, 0, ...first, ...body, 0]));
		expect((await bob.closed).code).toBe(CLOSE.forbidden);
	});
});

function varuint(value: number): number[] {
	return value < 128 ? [value] : [(value % 128) + 128, ...varuint(Math.floor(value / 128))];
}
