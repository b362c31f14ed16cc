import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	accessOf,
	ALICE,
	authenticate,
	BOB,
	CONVERSATION,
	openProvider,
	ROOM,
	startRelay,
	whenHolds
} from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { holdsTexts, say, textsOf } from './writing.fixture';
import { ManualTimers } from './manualTimers.fixture';
import { RawClient } from './rawClient.fixture';
import { RawLink } from './rawLink.fixture';
import { startMembers } from './membership.fixture';

test("ending a session closes its sockets, and no other's", async () => {
	const { url, relay } = await startRelay();
	const phone = new RawClient(url, { session: `${ALICE}-phone` });
	const laptop = openProvider(url, { session: `${ALICE}-laptop` });
	const bob = openProvider(url, { session: `${BOB}-1` });
	await phone.hears('step1');
	relay.dropSession(`${ALICE}-phone`);
	expect((await phone.closed).code).toBe(CLOSE.logIn);
	say(bob.doc, BOB, 'still here');
	await whenHolds(laptop.doc, holdsTexts('still here'));
});

test('a session that ends while its socket opens is not let in', async () => {
	let letGo = () => {};
	let asked = () => {};
	const gate = new Promise<void>((resolve) => {
		letGo = resolve;
	});
	const asking = new Promise<void>((resolve) => {
		asked = resolve;
	});
	let valid = true;
	const { url, relay } = await startRelay({
		access: {
			async authenticate(headers) {
				const caller = valid ? await authenticate(headers) : undefined;
				asked();
				await gate;
				return caller;
			}
		}
	});
	const alice = new RawClient(url, { session: `${ALICE}-1` });
	await asking;
	valid = false;
	relay.dropSession(`${ALICE}-1`);
	letGo();
	expect((await alice.closed).code).toBe(CLOSE.logIn);
});

test('nothing new reaches a removed member', async () => {
	const members = new Set([ALICE, BOB]);
	const { url, relay } = await startRelay({
		access: { access: async (user, room) => (members.has(user) ? accessOf(user, room) : 'none') }
	});
	const alice = openProvider(url, { session: `${ALICE}-1` });
	const laptop = openProvider(url, { session: `${ALICE}-2` });
	const bob = new RawClient(url, { session: `${BOB}-1` });
	say(alice.doc, ALICE, 'before');
	await bob.hears('update');
	bob.heard.length = 0;
	members.delete(BOB);
	relay.dropMember(CONVERSATION, BOB);
	say(alice.doc, ALICE, 'after');
	await whenHolds(laptop.doc, holdsTexts('after', 'before'));
	expect((await bob.closed).code).toBe(CLOSE.forbidden);
	expect(bob.heard).toEqual([]);
	expect((await new RawClient(url, { session: `${BOB}-1` }).closed).code).toBe(CLOSE.forbidden);
});

test("a removed member's channels and a revoked session's sockets close at once, though no timer of the relay's moves on", async () => {
	const { url, remove, revoke } = await startMembers({ timers: new ManualTimers() });
	const link = new RawLink(url, `${BOB}-1`);
	const socket = new RawClient(url, { session: `${BOB}-1` });
	await link.opened;
	link.open(1);
	await Promise.all([link.hears('data'), socket.hears('step1')]);
	remove();
	expect(await link.hears('close')).toMatchObject({ channel: 1, code: CLOSE.forbidden });
	expect((await socket.closed).code).toBe(CLOSE.forbidden);
	revoke();
	expect(await link.closed).toBe(CLOSE.logIn);
});

test('frames that arrive before the caller is known are read afterwards, in order', async () => {
	let letGo = () => {};
	const gate = new Promise<void>((resolve) => {
		letGo = resolve;
	});
	const { url } = await startRelay({
		access: {
			async authenticate(headers) {
				await gate;
				return authenticate(headers);
			}
		}
	});
	const doc = new Y.Doc();
	const alice = new RawClient(url, { session: `${ALICE}-1`, query: 'ack=1' });
	for (const text of ['one', 'two', 'three']) alice.sendUpdate(say(doc, ALICE, text));
	await alice.answered();
	letGo();
	await alice.hears('ack', ({ vector }) => vector.get(doc.clientID) === 6);
	expect(alice.count('step1')).toBe(1);
});

test('frames that arrive on a link before the caller is known are read afterwards, in order, and before what follows', async () => {
	let letGo = () => {};
	const gate = new Promise<void>((resolve) => {
		letGo = resolve;
	});
	const { url, store } = await startRelay({
		access: {
			async authenticate(headers) {
				await gate;
				return authenticate(headers);
			}
		}
	});
	const doc = new Y.Doc();
	const link = new RawLink(url, `${ALICE}-1`);
	await link.opened;
	link.open(1, ROOM, 'ack=1');
	for (let i = 0; i < 50; i++) link.sendUpdate(1, say(doc, ALICE, `before ${i}`));
	link.socket.ping();
	await new Promise((resolve) => link.socket.once('pong', resolve));
	expect(link.heard).toEqual([]);
	letGo();
	for (let i = 0; i < 50; i++) link.sendUpdate(1, say(doc, ALICE, `after ${i}`));
	await expect
		.poll(async () => {
			const stored = new Y.Doc();
			for (const update of (await store.load(ROOM)).updates) Y.applyUpdate(stored, update);
			return textsOf(stored);
		})
		.toEqual(textsOf(doc));
	// A frame that came too early would be asked for again.
	expect(link.messages(1).filter(({ type }) => type === 'step1')).toHaveLength(1);
});

test('too much before the caller is known closes the socket for now', async () => {
	const { url } = await startRelay({ access: { authenticate: () => new Promise(() => {}) } });
	const alice = new RawClient(url, { session: `${ALICE}-1` });
	for (let i = 0; i < 5; i++) alice.send(new Uint8Array(250_000));
	expect((await alice.closed).code).toBe(CLOSE.unavailable);
});

test('a host that cannot answer closes the socket for now', async () => {
	const fails = () => Promise.reject(new Error('database is locked'));
	const { url } = await startRelay({ access: { authenticate: fails } });
	expect((await new RawClient(url, { session: `${ALICE}-1` }).closed).code).toBe(CLOSE.unavailable);
	const other = await startRelay({ access: { access: fails } });
	expect((await new RawClient(other.url, { session: `${ALICE}-1` }).closed).code).toBe(CLOSE.unavailable);
});

test('a socket that leaves a ping unanswered is cut; one that answers is kept alive', async () => {
	const { url } = await startRelay({ timing: { pingEveryMs: 150 } });
	const alive = new RawClient(url, { session: `${ALICE}-1` });
	const dead = new RawClient(url, { session: `${BOB}-1`, autoPong: false });
	expect((await dead.closed).code).toBe(1006);
	alive.heard.length = 0;
	await alive.hears('awareness', ({ payload }) => payload.length === 1);
});

test('a relay that stops says so, after what it was given is on disk', async () => {
	const { url, relay, store } = await startRelay();
	const alice = new RawClient(url, { session: `${ALICE}-1` });
	await alice.hears('step1');
	alice.sendUpdate(say(new Y.Doc(), ALICE, 'last words'));
	await alice.answered();
	const room = `c/${CONVERSATION}/0`;
	await relay.close();
	expect((await alice.closed).code).toBe(CLOSE.stopping);
	expect((await store.load(room)).updates).toHaveLength(1);
	expect((await new RawClient(url, { session: `${ALICE}-1` }).closed).code).toBe(CLOSE.stopping);
});
