import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	accessOf,
	ALICE,
	BOB,
	CONVERSATION,
	openProvider,
	ROOM,
	startRelay,
	whenHolds
} from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import type { ControlledStore } from './controlledStore.fixture';
import { encodeMessageBody } from '../src/lib/domain/bodies';
import { encodeReport } from '../src/lib/protocol/presenceWords';
import { holdsTexts, say, textsOf } from './writing.fixture';
import { KIND } from '../src/lib/domain/entry';
import { ManualTimers } from './manualTimers.fixture';
import { RawClient } from './rawClient.fixture';
import { RawLink } from './rawLink.fixture';
import { startInFlight, startMembers } from './membership.fixture';
import { SYSTEM_USER } from '../src/lib/domain/ids';

const textsOnDisk = async (store: ControlledStore): Promise<string[]> => {
	const doc = new Y.Doc();
	for (const update of (await store.load(ROOM)).updates) Y.applyUpdate(doc, update);
	return textsOf(doc);
};

describe('a removed member', () => {
	test('is told so on the link and on a socket, and hears nothing that is committed at the same time', async () => {
		const { remove, letGo, laptop, phone, link, socket } = await startInFlight();
		remove();
		expect((await socket.closed).code).toBe(CLOSE.forbidden);
		expect((await link.hears('close')).code).toBe(CLOSE.forbidden);
		letGo();
		say(phone.doc, ALICE, 'after');
		await whenHolds(laptop.doc, holdsTexts('after', 'before', 'under way'));
		await link.answered();
		expect(link.messages(1)).toEqual([]);
		expect(socket.heard).toEqual([]);
	});

	test("makes nobody's own log seem another's to who comes while the room is read anew for it", async () => {
		const { url, store, remove } = await startMembers();
		const phone = new RawClient(url, { session: `${ALICE}-phone`, query: 'ack=1' });
		const bob = new RawClient(url, { session: `${BOB}-1` });
		await Promise.all([phone.hears('ack'), bob.hears('step1')]);
		const doc = new Y.Doc();
		const letGo = store.hold();
		const handed = store.nextAppend();
		phone.sendUpdate(say(doc, ALICE, 'under way'));
		await handed;
		const laptop = new RawClient(url, { session: `${ALICE}-laptop`, query: 'ack=1' });
		await laptop.hears('step1');
		await laptop.answered();
		bob.sendUpdate(say(new Y.Doc(), BOB, 'too late'));
		await bob.answered();
		remove();
		letGo();
		const named = await laptop.hears('ack', ({ own, vector }) => own !== undefined && vector.size > 0);
		expect(named.own).toBe(1);
		const told = laptop.heard.flatMap((each) => (each.type === 'ack' && each.full ? [each.own] : []));
		expect(told).toEqual([undefined, 1]);
	});

	test('wrote in vain what is not on disk yet: nobody hears it, and it is never stored', async () => {
		const { remove, letGo, laptop, phone, store, url } = await startInFlight();
		say(phone.doc, ALICE, 'in the same batch');
		await expect.poll(() => phone.ws?.bufferedAmount).toBe(0);
		remove();
		letGo();
		await whenHolds(laptop.doc, holdsTexts('before', 'in the same batch', 'under way'));
		expect(await textsOnDisk(store)).toEqual(['before', 'in the same batch', 'under way']);
		const reader = openProvider(url, { session: `${ALICE}-laptop` });
		await whenHolds(reader.doc, holdsTexts('before', 'in the same batch', 'under way'));
	});

	test('writes nothing by REST either that was allowed just before, and is not with the store yet', async () => {
		const { remove, letGo, relay, laptop, store } = await startInFlight();
		const entry = { kind: KIND.message, body: encodeMessageBody({ text: 'by REST' }) };
		const written = relay.append(ROOM, BOB, [entry]);
		written.catch(() => {});
		// Staged behind the commit under way: what is asked behind it waits for that, and for it.
		await new Promise((resolve) => setImmediate(resolve));
		remove();
		letGo();
		await expect(written).rejects.toMatchObject({ code: 'FORBIDDEN' });
		await whenHolds(laptop.doc, holdsTexts('before', 'under way'));
		expect(await textsOnDisk(store)).toEqual(['before', 'under way']);
	});

	test('writes nothing by REST whose permission was asked for before the removal, however little later it comes', async () => {
		for (let ticks = 0; ticks < 12; ticks++) {
			const { relay, store, remove } = await startMembers();
			const entry = { kind: KIND.message, body: encodeMessageBody({ text: 'by REST' }) };
			const written = relay.append(ROOM, BOB, [entry]).then(
				() => 'written',
				({ code }: { code: string }) => code
			);
			for (let i = 0; i < ticks; i++) await undefined;
			remove();
			expect(await written).toBe('FORBIDDEN');
			expect(await textsOnDisk(store)).toEqual([]);
		}
	});

	test('takes nothing of the server with them that was to be committed beside it', async () => {
		const { remove, letGo, relay, laptop } = await startInFlight();
		const entry = { kind: KIND.message, body: encodeMessageBody({ text: 'of the server' }) };
		const written = relay.append(ROOM, SYSTEM_USER, [entry]);
		remove();
		letGo();
		expect(await written).toHaveLength(1);
		await whenHolds(laptop.doc, holdsTexts('before', 'of the server', 'under way'));
	});

	test('is not let in by an answer from before the removal, however little later it comes', async () => {
		for (let ticks = 0; ticks < 12; ticks++) {
			let answer = () => {};
			let asked = () => {};
			const asking = new Promise<void>((resolve) => (asked = resolve));
			const gate = new Promise<void>((resolve) => (answer = resolve));
			const members = new Set([ALICE, BOB]);
			const { url, relay } = await startRelay({
				access: {
					async access(user, room) {
						const level = members.has(user) ? await accessOf(user, room) : 'none';
						asked();
						await gate;
						return level;
					}
				}
			});
			const bob = new RawClient(url, { session: `${BOB}-1` });
			await asking;
			answer();
			for (let i = 0; i < ticks; i++) await undefined;
			members.delete(BOB);
			relay.dropMember(CONVERSATION, BOB);
			expect((await bob.closed).code).toBe(CLOSE.forbidden);
		}
	});

	test('is not told of the rooms by an answer from before the removal', async () => {
		let answer = () => {};
		let asked = () => {};
		const asking = new Promise<void>((resolve) => (asked = resolve));
		const gate = new Promise<void>((resolve) => (answer = resolve));
		let isMember = true;
		const { url, relay } = await startRelay({
			access: {
				async conversationsOf() {
					const conversations = isMember ? [CONVERSATION] : [];
					asked();
					await gate;
					return conversations;
				}
			}
		});
		const body = encodeMessageBody({ text: 'x' });
		await relay.append(ROOM, SYSTEM_USER, [{ kind: KIND.message, body }]);
		const bob = new RawLink(url, `${BOB}-1`);
		await bob.opened;
		bob.send({ op: 'since', channel: 0, position: 0 });
		await asking;
		isMember = false;
		relay.dropMember(CONVERSATION, BOB);
		answer();
		expect((await bob.hears('changes')).rooms).toEqual([]);
	});

	test('is not told of what changes at the moment of the removal', async () => {
		const timers = new ManualTimers();
		const { url, relay, remove } = await startMembers({ timers });
		const bob = new RawLink(url, `${BOB}-1`);
		await bob.opened;
		bob.send({ op: 'since', channel: 0, position: 0 });
		await bob.hears('changes');
		bob.heard.length = 0;
		const body = encodeMessageBody({ text: 'x' });
		await relay.append(ROOM, SYSTEM_USER, [{ kind: KIND.message, body }]);
		remove();
		await relay.append(`home/${BOB}`, SYSTEM_USER, [{ kind: KIND.message, body }]);
		timers.advance(100);
		expect((await bob.hears('changes')).rooms).toEqual([`home/${BOB}`]);
	});

	test('sees the others no more, and is not seen', async () => {
		const timers = new ManualTimers();
		const { url, remove } = await startMembers({ timers });
		const [alice, bob] = [new RawLink(url, `${ALICE}-phone`), new RawLink(url, `${BOB}-1`)];
		for (const link of [alice, bob]) {
			await link.opened;
			link.send({ op: 'since', channel: 0, position: 0 });
			await link.hears('changes');
		}
		const report = (link: RawLink, writingIn?: string) =>
			link.send({ op: 'presence', channel: 0, data: encodeReport({ presence: 'here', writingIn }) });
		remove();
		await bob.answered();
		report(alice, CONVERSATION);
		report(bob, CONVERSATION);
		await Promise.all([alice.answered(), bob.answered()]);
		timers.advance(1_000);
		await Promise.all([alice.answered(), bob.answered()]);
		for (const { heard } of [alice, bob]) expect(heard.filter(({ op }) => op === 'presence')).toEqual([]);
	});
});

describe('a session that has ended', () => {
	test('closes its links and sockets, and what it wrote and is not on disk yet is never stored', async () => {
		const { revoke, letGo, laptop, phone, link, socket, store } = await startInFlight();
		revoke();
		expect(await link.closed).toBe(CLOSE.logIn);
		expect((await socket.closed).code).toBe(CLOSE.logIn);
		letGo();
		say(phone.doc, ALICE, 'after');
		await whenHolds(laptop.doc, holdsTexts('after', 'before', 'under way'));
		expect(await textsOnDisk(store)).toEqual(['after', 'before', 'under way']);
		expect([...link.heard, ...socket.heard]).toEqual([]);
	});

	test('is not let in by an answer from before its end, however little later it comes', async () => {
		for (let ticks = 0; ticks < 12; ticks++) {
			let answer = () => {};
			let asked = () => {};
			const asking = new Promise<void>((resolve) => (asked = resolve));
			const gate = new Promise<void>((resolve) => (answer = resolve));
			let isOn = true;
			const { url, relay } = await startRelay({
				access: {
					async authenticate() {
						const caller = isOn ? { userId: BOB, sessionId: 'ended' } : undefined;
						asked();
						await gate;
						return caller;
					}
				}
			});
			const bob = new RawLink(url, 'ended');
			await asking;
			answer();
			for (let i = 0; i < ticks; i++) await undefined;
			isOn = false;
			relay.dropSession('ended');
			expect(await bob.closed).toBe(CLOSE.logIn);
		}
	});
});
