/** Somebody who was removed and is a member again: what they wrote before is not taken, what they write now is. */
import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import {
	accessOf,
	ALICE,
	BOB,
	CONVERSATION,
	EVE,
	NOW,
	openProvider,
	ROOM,
	startRelay,
	whenClosed,
	whenHolds,
	type StartOptions
} from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { holdsTexts, say, textsOf, write } from './writing.fixture';
import { KIND, parseEntryId } from '../src/lib/domain/entry';
import { RawClient } from './rawClient.fixture';
import { RawLink } from './rawLink.fixture';
import { encodeMessageBody } from '../src/lib/domain/bodies';
import { SYSTEM_USER } from '../src/lib/domain/ids';

test('a text from before a removal is refused, and nobody hears it, though its author is a member again', async () => {
	const { url } = await startRelay({ access: { writesSince: async (user) => (user === BOB ? NOW + 1 : 0) } });
	const alice = openProvider(url, { session: `${ALICE}-1` });
	const bob = openProvider(url, { session: `${BOB}-1` });
	say(bob.doc, BOB, 'before the removal');
	expect(await whenClosed(bob)).toBe(CLOSE.forbidden);
	say(alice.doc, ALICE, 'still here');
	const reader = openProvider(url, { session: `${ALICE}-2` });
	await whenHolds(reader.doc, holdsTexts('still here'));
	expect(textsOf(reader.doc)).toEqual(['still here']);
});

test('the feed names no segment from before a member may read', async () => {
	const { url, relay } = await startRelay({
		access: { firstSegments: async (user) => new Map(user === BOB ? [[CONVERSATION, 1]] : []) }
	});
	const entry = { kind: KIND.message, body: encodeMessageBody({ text: 'x' }) };
	for (const n of [0, 1]) await relay.append(`c/${CONVERSATION}/${n}`, SYSTEM_USER, [entry]);
	const links = [ALICE, BOB].map((user) => new RawLink(url, `${user}-1`));
	const told = await Promise.all(
		links.map(async (link) => {
			await link.opened;
			link.send({ op: 'since', channel: 0, position: 0 });
			return (await link.hears('changes')).rooms;
		})
	);
	expect(told).toEqual([[`c/${CONVERSATION}/0`, `c/${CONVERSATION}/1`], [`c/${CONVERSATION}/1`]]);
});

test('a segment that there is not for a member is no such room, and they stay a member', async () => {
	const { url, relay } = await startRelay({ access: { access: async () => 'absent' } });
	const body = encodeMessageBody({ text: 'x' });
	await relay.append(`c/${CONVERSATION}/0`, SYSTEM_USER, [{ kind: KIND.message, body }]);
	const link = new RawLink(url, `${BOB}-1`);
	await link.opened;
	link.open(1);
	expect((await link.hears('close')).code).toBe(CLOSE.noSuchRoom);
});

describe('a device that says since when its user is a member, as it knows', () => {
	let isBegun = false;
	/** Alice and Bob have each written something; Bob's link asks for the segment and says what it knows. */
	async function ask(session: string, query: string, access: StartOptions['access']) {
		isBegun = false;
		const { url, relay } = await startRelay({ access });
		const body = encodeMessageBody({ text: 'x' });
		await relay.append(ROOM, ALICE, [{ kind: KIND.message, body }]);
		const [written] = await relay.append(ROOM, BOB, [{ kind: KIND.message, body }]);
		isBegun = true;
		const link = new RawLink(url, session);
		await link.opened;
		link.open(1, ROOM, query);
		return { link, url, own: parseEntryId(written!.id)!.client };
	}
	const again = { writesSince: async (user: string) => (user === BOB ? NOW : 0) };
	const gone: StartOptions['access'] = {
		access: async (user, room) => (isBegun && user === BOB ? 'gone' : accessOf(user, room))
	};

	test('and does not know that they were put out, is told what was taken of theirs, and nothing else', async () => {
		const { link, own } = await ask(`${BOB}-1`, 'ack=1&since=0', again);
		link.sendUpdate(1, say(new Y.Doc(), BOB, 'before they knew'));
		expect(await link.hears('close')).toMatchObject({ code: CLOSE.putOut, reason: `${NOW} ${own} 2` });
		await link.answered();
		expect(link.messages(1)).toEqual([]);
	});

	test('and knows it, is let in, and writes under whatever time its clock says', async () => {
		const { link, url } = await ask(`${BOB}-1`, `ack=1&since=${NOW}`, again);
		await link.hears('data');
		const body = encodeMessageBody({ text: 'behind' });
		link.sendUpdate(1, write(new Y.Doc(), BOB, { body, stamp: { ms: NOW - 60_000, counter: 0 } }));
		const reader = openProvider(url, { session: `${ALICE}-2` });
		await whenHolds(reader.doc, holdsTexts('behind', 'x', 'x'));
	});

	test('who is out of it, hears what was taken of theirs, and of a segment that there is not that nothing was', async () => {
		const { link, own } = await ask(`${BOB}-1`, 'ack=1&since=0', gone);
		expect(await link.hears('close')).toMatchObject({ code: CLOSE.putOut, reason: `0 ${own} 2` });
		link.open(2, `c/${CONVERSATION}/7`, 'ack=1&since=0');
		expect(await link.hears('close', ({ channel }) => channel === 2)).toMatchObject({
			code: CLOSE.putOut,
			reason: '0'
		});
	});

	test.each([
		['who is out of it and says nothing of it', `${BOB}-1`, 'ack=1'],
		['who never was in it', `${EVE}-1`, 'ack=1&since=0']
	])('%s, hears only that they are no member', async (_who, session, query) => {
		const { link } = await ask(session, query, gone);
		expect(await link.hears('close')).toMatchObject({ code: CLOSE.forbidden, reason: 'not a member' });
	});

	test('on a socket of its own, hears its word if a close frame holds it, and else that there is one', async () => {
		let isGone = false;
		const { url } = await startRelay({
			access: { access: async (user, room) => (isGone && user === BOB ? 'gone' : accessOf(user, room)) }
		});
		const reader = openProvider(url, { session: `${ALICE}-1` });
		const reasons: string[] = [];
		for (const logs of [1, 20]) {
			isGone = false;
			const writer = new RawClient(url, { session: `${BOB}-1` });
			await writer.hears('step1');
			for (let i = 0; i < logs; i++) writer.sendUpdate(say(new Y.Doc(), BOB, `${logs}`));
			await whenHolds(reader.doc, (doc) => textsOf(doc).filter((text) => text === `${logs}`).length === logs);
			isGone = true;
			const asking = new RawClient(url, { session: `${BOB}-1`, query: 'since=0' });
			const { code, reason } = await asking.closed;
			expect(code).toBe(CLOSE.putOut);
			reasons.push(reason);
		}
		expect(reasons).toEqual([expect.stringMatching(/^0 \d+ 2$/), '']);
	});
});
