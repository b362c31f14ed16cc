/** Awareness: nobody speaks for another, and nobody makes others keep or read much. */
import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import { ALICE, BOB, openProvider, whenSynced } from '../relay.fixture';
import { attackedRoom } from './bystanders.fixture';
import { CLOSE } from '../../src/lib/protocol/closeCodes';
import { encodeAwareness } from '../syncMessages';
import { firstEntry, FORGED, OWN_ROOT, updateOf } from './hostileUpdates.fixture';
import type { RawClient } from '../rawClient.fixture';

type State = [client: number, clock: number, state: unknown];

const states = (...entries: State[]): Uint8Array =>
	encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, entries.length);
		for (const [client, clock, state] of entries) {
			encoding.writeVarUint(encoder, client);
			encoding.writeVarUint(encoder, clock);
			encoding.writeVarString(encoder, JSON.stringify(state));
		}
	});
const show = (client: RawClient, ...entries: State[]) => client.send(encodeAwareness(states(...entries)));
const CLOCK_MAX = Number.MAX_SAFE_INTEGER;

async function setUp() {
	const room = await attackedRoom();
	const [alice, bob] = [
		await room.attacker({ session: `${ALICE}-tablet` }),
		await room.attacker({ session: `${BOB}-1` })
	];
	/** Of one state, with whatever else is told in that moment. */
	const hears = (client: RawClient, entry: State) =>
		client.hears('awareness', ({ payload }) =>
			Buffer.from(payload).includes(Buffer.from(states(entry).subarray(1)))
		);
	const hearsOnly = (client: RawClient, ...entries: State[]) =>
		client.hears('awareness', ({ payload }) => Buffer.from(payload).equals(states(...entries)));
	/** All that a newcomer is told. */
	const shown = async (...entries: State[]) => {
		const reader = await room.attacker({ session: `${ALICE}-newcomer` });
		await hearsOnly(reader, ...entries);
		reader.socket.terminate();
	};
	return { ...room, alice, bob, hears, hearsOnly, shown };
}

test("another's state is neither set nor ended, under whatever clock", async () => {
	const { attack, alice, bob, hears, shown } = await setUp();
	await attack(async () => {
		show(alice, [1, 5, { at: 'home' }]);
		await hears(bob, [1, 5, { at: 'home' }]);
		for (const clock of [5, 6, CLOCK_MAX]) {
			show(bob, [1, clock, { at: 'nowhere' }]);
			show(bob, [1, clock, null]);
		}
		await bob.answered();
		await shown([1, 5, { at: 'home' }]);
		show(alice, [1, 6, { at: 'work' }]);
		await hears(bob, [1, 6, { at: 'work' }]);
	});
	expect(alice.count('awareness')).toBe(0);
});

test("a clock that jumps under another's id, while they are gone, does not silence them when they return", async () => {
	const { longAttack, attacker, alice, bob, hears, shown } = await setUp();
	await longAttack(async () => {
		show(alice, [1, 5, { at: 'home' }]);
		await hears(bob, [1, 5, { at: 'home' }]);
		alice.socket.terminate();
		await hears(bob, [1, 5, null]);
		show(bob, [2, 1, { mine: true }]);
		// Bob comes and goes under many other names, so that hers might be forgotten.
		for (let i = 0; i < 1_000; i++) {
			show(bob, [1_000 + i, 1, {}]);
			show(bob, [1_000 + i, 1, null]);
		}
		show(bob, [1, CLOCK_MAX, { at: 'nowhere' }]);
		await bob.answered();
		await shown([2, 1, { mine: true }]);
		const again = await attacker({ session: `${ALICE}-tablet` });
		show(again, [1, 6, { at: 'work' }]);
		await hears(bob, [1, 6, { at: 'work' }]);
	});
});

test("the client id of another's log is nobody else's to show", async () => {
	const { attack, bob, shown, talk } = await setUp();
	await attack(async () => {
		show(bob, [talk.phone.doc.clientID, 1, { at: 'nowhere' }], [2, 1, { mine: true }]);
		await bob.answered();
		await shown([2, 1, { mine: true }]);
	});
});

test('a client id that another shows, or showed, is not taken for a log: its owner could never write', async () => {
	const { attack, attacker, alice, bob, hears } = await setUp();
	await attack(async () => {
		show(alice, [FORGED, 5, { at: 'home' }]);
		await hears(bob, [FORGED, 5, { at: 'home' }]);
		bob.sendUpdate(updateOf([firstEntry(OWN_ROOT)]));
		expect((await bob.closed).code).toBe(CLOSE.forbidden);
		alice.socket.terminate();
		const again = await attacker({ session: `${BOB}-1` });
		again.sendUpdate(updateOf([firstEntry(OWN_ROOT)]));
		expect((await again.closed).code).toBe(CLOSE.forbidden);
	});
});

test("what others' providers say again of ghosts is never taken for theirs", async () => {
	const { longAttack, url, bob, talk } = await setUp();
	const echoing = openProvider(url, { session: `${ALICE}-echoing` });
	await whenSynced(echoing);
	await longAttack(async () => {
		for (let i = 0; i < 5_000; i++) {
			show(bob, [1_000 + i, 1, {}]);
			show(bob, [1_000 + i, 1, null]);
			if (i % 100 === 0) await bob.answered();
		}
		// What she says herself is heard all the same.
		const heard = bob.hears('awareness', ({ payload }) => Buffer.from(payload).includes('"at":"home"'));
		echoing.awareness.setLocalState({ at: 'home' });
		await heard;
	});
	expect([...echoing.awareness.getStates().keys()].filter((client) => client < 10_000)).toEqual([]);
	expect(talk.said.length).toBeGreaterThan(2);
});

test('states that change thousands of times a second are told a few times', async () => {
	const { longAttack, alice, bob, hears } = await setUp();
	let said = 0;
	await longAttack(async () => {
		// Further on each time: what was said before would be no attack, and over at once.
		const last = said + 5_000;
		while (said < last) show(bob, [2, ++said, { said }]);
		await hears(alice, [2, last, { said: last }]);
	});
	expect(alice.count('awareness')).toBeLessThan(said / 10);
});

test('20,000 ghost clients: a few are shown', async () => {
	const { longAttack, alice, bob, hearsOnly } = await setUp();
	const ghosts = Array.from({ length: 20_000 }, (_, i): State => [1_000 + i, 1, {}]);
	await longAttack(async () => {
		show(bob, ...ghosts);
		for (const ghost of ghosts.slice(0, 2_000)) show(bob, ghost);
		await bob.answered();
		await hearsOnly(alice, ...ghosts.slice(0, 4));
	});
	expect(alice.count('awareness')).toBe(1);
});

test('states of 140 kB are not passed on', async () => {
	const { attack, alice, bob } = await setUp();
	await attack(async () => {
		for (let i = 0; i < 50; i++) show(bob, [2, 1 + i, { text: 'x'.repeat(140_000) }]);
		await bob.answered();
	});
	expect(alice.count('awareness')).toBe(0);
});

test('a key __proto__ reaches nobody as anything but the text that it is', async () => {
	const { attack, alice, bob } = await setUp();
	await attack(async () => {
		const json = '{"__proto__":{"isAdmin":true}}';
		bob.send(new Uint8Array([1, json.length + 4, 1, 9, 1, json.length, ...new TextEncoder().encode(json)]));
		await alice.hears('awareness');
	});
	expect({}).not.toHaveProperty('isAdmin');
});

test.each([
	['a number', '7'],
	['a text', '"text"'],
	['a list', '[]'],
	['no JSON', '{'],
	['nothing', ''],
	['2,000 lists in each other', '['.repeat(2_000)]
])('what would break a reader is refused: %s', async (_, json) => {
	const { attack, attacker } = await attackedRoom();
	const update = encoding.encode((encoder) => {
		for (const number of [1, 2, 1]) encoding.writeVarUint(encoder, number);
		encoding.writeVarString(encoder, json);
	});
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1` });
		bob.send(encodeAwareness(update));
		expect((await bob.closed).code).toBe(CLOSE.badFrame);
	});
});
