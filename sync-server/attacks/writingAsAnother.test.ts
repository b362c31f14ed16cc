/** Nobody writes in another's log: not by its root's name, not by an origin, not by a forged client id. */
import { expect, test } from 'vitest';
import { ALICE, BOB } from '../relay.fixture';
import { attackedRoom } from './bystanders.fixture';
import {
	BODY,
	firstEntry,
	FORGED,
	header,
	laterEntry,
	OWN_ROOT,
	section,
	updateOf
} from './hostileUpdates.fixture';
import { CLOSE } from '../../src/lib/protocol/closeCodes';
import type { ClientStructs } from '../../src/lib/protocol/updateReader';

/** The code that Bob's live update is refused with. */
async function refusalOf(makeAttack: (victim: number) => ClientStructs): Promise<number> {
	const { attack, attacker, talk } = await attackedRoom();
	return attack(async () => {
		const bob = await attacker({ session: `${BOB}-1` });
		bob.sendUpdate(updateOf([makeAttack(talk.phone.doc.clientID)]));
		return (await bob.closed).code;
	});
}

test.each([
	["another user's root", `${ALICE}:${FORGED}`],
	["the server's root", `system:${FORGED}`],
	['a root of another client id', `${BOB}:${FORGED + 1}`],
	['a root that is no log', 'messages'],
	['the root __proto__', '__proto__'],
	['the root constructor', 'constructor']
])('a log that begins in %s is refused', async (_, root) => {
	expect(await refusalOf(() => firstEntry(root))).toBe(CLOSE.forbidden);
});

test('a forged client id, that of the victim, is refused', async () => {
	expect(await refusalOf((victim) => laterEntry(victim, 400_000))).toBe(CLOSE.forbidden);
});

test("an entry that hangs itself behind the victim's last one by its origin is refused", async () => {
	const attack = (victim: number) =>
		section(FORGED, [
			{ origin: { client: victim, clock: 1 }, bytes: header(0) },
			{ origin: { client: FORGED, clock: 0 }, bytes: BODY }
		]);
	expect(await refusalOf(attack)).toBe(CLOSE.forbidden);
});

test("a later item that hangs itself behind the victim's is refused", async () => {
	const attack = (victim: number) =>
		section(FORGED, [
			{ root: OWN_ROOT, bytes: header(0) },
			{ origin: { client: victim, clock: 1 }, bytes: BODY }
		]);
	expect(await refusalOf(attack)).toBe(CLOSE.forbidden);
});

test("the same in a sync step 2 is refused too, when it is the attacker's own new log", async () => {
	const { attack, attacker, talk } = await attackedRoom();
	const code = await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1` });
		const victim = talk.phone.doc.clientID;
		const structs = [
			{ root: OWN_ROOT, bytes: header(0) },
			{ origin: { client: victim, clock: 1 }, bytes: BODY }
		];
		bob.sendStep2(updateOf([section(FORGED, structs)]));
		return (await bob.closed).code;
	});
	expect(code).toBe(CLOSE.forbidden);
});

test("others' new items in a sync step 2 are left out: they never reach the room", async () => {
	const { attack, attacker, talk } = await attackedRoom();
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1`, query: 'ack=1' });
		await bob.hears('ack');
		const victim = talk.phone.doc.clientID;
		bob.sendStep2(updateOf([firstEntry(`${ALICE}:${FORGED}`), laterEntry(victim, 400_000)]));
		await bob.hears('ack', ({ full }) => !full);
	});
});

test('what somebody wrote in a log that another has begun is neither taken nor acked: they hear that it is not theirs', async () => {
	const { attack, attacker } = await attackedRoom();
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1`, query: 'ack=1' });
		bob.sendUpdate(updateOf([firstEntry(OWN_ROOT)]));
		await bob.hears('ack', ({ vector }) => vector.get(FORGED) === 2);
		for (const how of ['sendUpdate', 'sendStep2'] as const) {
			const alice = await attacker({ session: `${ALICE}-1`, query: 'ack=1' });
			const { vector, own } = await alice.hears('ack', ({ full }) => full);
			expect([...vector.keys()].slice(0, own)).not.toContain(FORGED);
			expect(vector.get(FORGED)).toBe(2);
			alice[how](updateOf([firstEntry(`${ALICE}:${FORGED}`)]));
			expect((await alice.closed).code).toBe(CLOSE.logTaken);
			expect(alice.count('ack')).toBe(1);
		}
		const again = await attacker({ session: `${BOB}-1`, query: 'ack=1' });
		const { vector, own } = await again.hears('ack', ({ full }) => full);
		expect([...vector.keys()].slice(0, own)).toEqual([FORGED]);
	}, ['?']);
});

test('what a sync step 2 holds of others is not acked', async () => {
	const { attack, attacker } = await attackedRoom();
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1`, query: 'ack=1' });
		bob.sendUpdate(updateOf([firstEntry(OWN_ROOT)]));
		await bob.hears('ack', ({ vector }) => vector.get(FORGED) === 2);
		const alice = await attacker({ session: `${ALICE}-1`, query: 'ack=1' });
		await alice.hears('ack', ({ full }) => full);
		const own = firstEntry(`${ALICE}:${FORGED + 1}`, FORGED + 1);
		alice.sendStep2(updateOf([firstEntry(OWN_ROOT), own]));
		const { vector } = await alice.hears('ack', ({ full }) => !full);
		expect([...vector]).toEqual([[FORGED + 1, 2]]);
	}, ['?', '?']);
});
