import { expect, test } from 'vitest';
import * as encoding from 'lib0/encoding';
import type { WebsocketProvider } from 'y-websocket';
import { ALICE, BOB, openProvider, startRelay, whenSynced } from './relay.fixture';
import { RoomAwareness, writeStates } from './awareness';

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

test('of a message that holds more states than anybody says, the first thousand are read', () => {
	const awareness = new RoomAwareness(() => 0);
	const others = Array.from({ length: 1_000 }, (_, n): [number, number, null] => [n + 100, 1, null]);
	expect(awareness.receive(source(ALICE), states(...others, [1, 1, {}]), nobodysLog)).toEqual([]);
	expect(awareness.receive(source(ALICE), states(...others.slice(1), [1, 1, {}]), nobodysLog)).toEqual([1]);
});

test("nobody sets or ends another's state, and an echo changes nothing", () => {
	const awareness = new RoomAwareness(() => 0);
	const [alice, bob] = [source(ALICE), source(BOB)];
	expect(awareness.receive(alice, states([1, 5, { a: 1 }]), nobodysLog)).toEqual([1]);
	for (const said of [states([1, 5, { a: 1 }]), states([1, 9, { a: 2 }]), states([1, 9, null])]) {
		expect(awareness.receive(bob, said, nobodysLog)).toEqual([]);
	}
	expect(writeStates(awareness.all())).toEqual(states([1, 5, { a: 1 }]));
	expect(awareness.leave(alice)).toEqual([1]);
	expect(writeStates([awareness.stateOf(1)])).toEqual(states([1, 5, null]));
	expect(awareness.receive(bob, states([1, 5, { a: 1 }]), nobodysLog)).toEqual([]);
});

test('nobody takes the client id of a log of another user', () => {
	const awareness = new RoomAwareness(() => 0);
	expect(awareness.receive(source(BOB), states([1, 1, {}]), () => ALICE)).toEqual([]);
	expect(awareness.receive(source(ALICE), states([1, 1, {}]), () => ALICE)).toEqual([1]);
});

test('a newer connection of the same user takes its state over', () => {
	const awareness = new RoomAwareness(() => 0);
	const [old, fresh] = [source(ALICE), source(ALICE)];
	awareness.receive(old, states([1, 1, { a: 1 }]), nobodysLog);
	expect(awareness.receive(fresh, states([1, 2, { a: 2 }]), nobodysLog)).toEqual([1]);
	expect(awareness.leave(old)).toEqual([]);
	expect(writeStates(awareness.all())).toEqual(states([1, 2, { a: 2 }]));
});

test('a channel holds few and small states, whatever it sends', () => {
	const awareness = new RoomAwareness(() => 0);
	const ghosts = Array.from({ length: 20_000 }, (_, n): [number, number, object] => [n, 1, {}]);
	expect(awareness.receive(source(ALICE), states(...ghosts), nobodysLog)).toEqual([0, 1, 2, 3]);
	expect(awareness.receive(source(BOB), states([99_999, 1, { a: 'x'.repeat(140_000) }]), nobodysLog)).toEqual(
		[]
	);
});

test('a user holds few, on however many channels, and others as many', () => {
	const awareness = new RoomAwareness(() => 0);
	const show = (userId: string, client: number) =>
		awareness.receive(source(userId), states([client, 1, {}]), nobodysLog);
	for (let i = 0; i < 100; i++) show(ALICE, i);
	expect(awareness.all()).toHaveLength(32);
	expect(show(BOB, 1_000)).toEqual([1_000]);
});

test('who comes and goes under ever new ids is soon left out: no echo comes so late that its id is forgotten', () => {
	const clock = { ms: 0 };
	const awareness = new RoomAwareness(() => clock.ms);
	const [alice, bob] = [source(ALICE), source(BOB)];
	const comeAndGo = (client: number) => {
		const came = awareness.receive(bob, states([client, 1, {}]), nobodysLog);
		awareness.receive(bob, states([client, 1, null]), nobodysLog);
		return came.length > 0;
	};
	expect(Array.from({ length: 1_000 }, (_, i) => comeAndGo(i)).filter(Boolean)).toHaveLength(65);
	for (let i = 0; i < 65; i++) expect(awareness.receive(alice, states([i, 1, {}]), nobodysLog)).toEqual([]);
	clock.ms = 1_000;
	expect(comeAndGo(5_000)).toBe(true);
	expect(comeAndGo(5_001)).toBe(false);
});

test('malformed states are an error', () => {
	const awareness = new RoomAwareness(() => 0);
	for (const state of [7, 'text', [], true]) {
		expect(() => awareness.receive(source(ALICE), states([1, 1, state]), nobodysLog)).toThrow();
	}
	expect(() => awareness.receive(source(ALICE), new Uint8Array([1, 1, 1, 1, 123]), nobodysLog)).toThrow();
});
