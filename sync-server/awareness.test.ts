import { expect, test } from 'vitest';
import * as encoding from 'lib0/encoding';
import type { WebsocketProvider } from 'y-websocket';
import { ALICE, BOB, openProvider, startRelay, whenSynced } from './relay.fixture';
import { RoomAwareness } from './awareness';

const whenSees = (provider: WebsocketProvider, client: number, state: object | undefined): Promise<void> =>
	new Promise((resolve) => {
		const look = () => {
			if (JSON.stringify(provider.awareness.getStates().get(client)) !== JSON.stringify(state)) return;
			provider.awareness.off('change', look);
			resolve();
		};
		provider.awareness.on('change', look);
		look();
	});

const nobodysLog = () => undefined;
const source = (userId: string) => ({ userId });
const states = (...entries: [client: number, clock: number, state: unknown][]) =>
	encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, entries.length);
		for (const [client, clock, state] of entries) {
			encoding.writeVarUint(encoder, client);
			encoding.writeVarUint(encoder, clock);
			encoding.writeVarString(encoder, JSON.stringify(state));
		}
	});

test("a stock provider's awareness reaches the others, late comers too, and ends with its socket", async () => {
	const { url } = await startRelay();
	const alice = openProvider(url, { session: `${ALICE}-1` });
	const bob = openProvider(url, { session: `${BOB}-1` });
	await Promise.all([whenSynced(alice), whenSynced(bob)]);
	alice.awareness.setLocalState({ cursor: 7 });
	await whenSees(bob, alice.doc.clientID, { cursor: 7 });
	const late = openProvider(url, { session: `${BOB}-2` });
	await whenSees(late, alice.doc.clientID, { cursor: 7 });
	alice.disconnect();
	await Promise.all([bob, late].map((provider) => whenSees(provider, alice.doc.clientID, undefined)));
});

test("nobody sets or ends another's state, and an echo changes nothing", () => {
	const awareness = new RoomAwareness();
	const [alice, bob] = [source(ALICE), source(BOB)];
	expect(awareness.receive(alice, states([1, 5, { a: 1 }]), nobodysLog)).toBeDefined();
	for (const said of [states([1, 5, { a: 1 }]), states([1, 9, { a: 2 }]), states([1, 9, null])]) {
		expect(awareness.receive(bob, said, nobodysLog)).toBeUndefined();
	}
	expect(awareness.all()).toEqual(states([1, 5, { a: 1 }]));
	expect(awareness.leave(alice)).toEqual(states([1, 5, null]));
	expect(awareness.receive(bob, states([1, 5, { a: 1 }]), nobodysLog)).toBeUndefined();
});

test('nobody takes the client id of a log of another user', () => {
	const awareness = new RoomAwareness();
	expect(awareness.receive(source(BOB), states([1, 1, {}]), () => ALICE)).toBeUndefined();
	expect(awareness.receive(source(ALICE), states([1, 1, {}]), () => ALICE)).toBeDefined();
});

test('a newer connection of the same user takes its state over', () => {
	const awareness = new RoomAwareness();
	const [old, fresh] = [source(ALICE), source(ALICE)];
	awareness.receive(old, states([1, 1, { a: 1 }]), nobodysLog);
	expect(awareness.receive(fresh, states([1, 2, { a: 2 }]), nobodysLog)).toBeDefined();
	expect(awareness.leave(old)).toBeUndefined();
	expect(awareness.all()).toEqual(states([1, 2, { a: 2 }]));
});

test('a channel holds few and small states, whatever it sends', () => {
	const awareness = new RoomAwareness();
	const ghosts = Array.from({ length: 20_000 }, (_, n): [number, number, object] => [n, 1, {}]);
	const relayed = awareness.receive(source(ALICE), states(...ghosts), nobodysLog);
	expect(relayed).toEqual(states(...ghosts.slice(0, 4)));
	expect(
		awareness.receive(source(BOB), states([99_999, 1, { a: 'x'.repeat(140_000) }]), nobodysLog)
	).toBeUndefined();
});

test('malformed states are an error', () => {
	const awareness = new RoomAwareness();
	for (const state of [7, 'text', [], true]) {
		expect(() => awareness.receive(source(ALICE), states([1, 1, state]), nobodysLog)).toThrow();
	}
	expect(() => awareness.receive(source(ALICE), new Uint8Array([1, 1, 1, 1, 123]), nobodysLog)).toThrow();
});
