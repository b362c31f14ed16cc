/** What others wrote is neither deleted nor written over. */
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ALICE, BOB } from '../relay.fixture';
import { attackedRoom } from './bystanders.fixture';
import { BODY, header, section, updateOf } from './hostileUpdates.fixture';
import { CLOSE } from '../../src/lib/protocol/closeCodes';

test.each([
	['a body', 1, 1],
	['a header', 0, 1],
	['a whole entry', 0, 2],
	['everything there will ever be', 0, 2 ** 31 - 2]
])("a live delete of another's is refused: %s", async (_, clock, length) => {
	const { attack, attacker, talk } = await attackedRoom();
	const client = talk.phone.doc.clientID;
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1`, query: 'ack=1' });
		await bob.hears('ack');
		bob.sendUpdate(updateOf([], [{ client, clock, length }]));
		expect((await bob.closed).code).toBe(CLOSE.forbidden);
	});
});

test("deletes of others' items in a sync step 2 are left out", async () => {
	const { attack, attacker, talk } = await attackedRoom();
	const client = talk.phone.doc.clientID;
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1` });
		for (let i = 0; i < 50; i++) bob.sendStep2(updateOf([], [{ client, clock: 0, length: 1 + i }]));
		await bob.answered();
	});
});

test('known items that come again with other bytes change nothing, and are acked to who wrote them alone', async () => {
	const { attack, attacker, talk } = await attackedRoom();
	const client = talk.phone.doc.clientID;
	const overwritten = section(client, [
		{ root: `${ALICE}:${client}`, bytes: header(0) },
		{ origin: { client, clock: 0 }, bytes: BODY }
	]);
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1`, query: 'ack=1' });
		await bob.hears('ack', ({ full }) => full);
		bob.sendUpdate(updateOf([overwritten]));
		await bob.answered();
		expect([bob.socket.readyState, bob.count('ack')]).toEqual([WebSocket.OPEN, 1]);
		const alice = await attacker({ session: `${ALICE}-9`, query: 'ack=1' });
		alice.sendUpdate(updateOf([overwritten]));
		await alice.hears('ack', ({ full, vector }) => !full && (vector.get(client) ?? 0) >= 2);
	});
});

test('a known item with a bogus origin changes nothing', async () => {
	const { attack, attacker, talk } = await attackedRoom();
	const [client, other] = [talk.phone.doc.clientID, talk.laptop.doc.clientID];
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1`, query: 'ack=1' });
		for (const origin of [
			{ client: other, clock: 1 },
			{ client, clock: 2_000_000 },
			{ client: 4_000_000_000, clock: 5 }
		]) {
			bob.heard.length = 0;
			bob.sendUpdate(
				updateOf([
					section(client, [
						{ origin, bytes: header(0) },
						{ origin, bytes: BODY }
					])
				])
			);
			await bob.answered();
			expect(bob.socket.readyState).toBe(WebSocket.OPEN);
		}
	});
});
