/** Somebody who was removed and is a member again: what they wrote before is not taken, what they write now is. */
import { expect, test } from 'vitest';
import {
	ALICE,
	BOB,
	CONVERSATION,
	NOW,
	openProvider,
	startRelay,
	whenClosed,
	whenHolds
} from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { holdsTexts, say, textsOf } from './writing.fixture';
import { RawLink } from './rawLink.fixture';
import { encodeMessageBody } from '../src/lib/domain/bodies';
import { KIND } from '../src/lib/domain/entry';
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
