/** Presence over real sockets. What is told when is in presence.test.ts. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { ALICE, BOB, CONVERSATION, EVE, startRelay } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { decodeLinkFrame, encodeLinkFrame } from '../src/lib/protocol/linkFrames';
import {
	decodeNews,
	encodeReport,
	type PresenceReport,
	type PresenceState
} from '../src/lib/protocol/presenceWords';

/** A link that follows its user's conversations and keeps what it knows of others. */
async function openLink(url: string, session: string) {
	const socket = new WebSocket(url, { headers: { authorization: `Bearer ${session}` } });
	onTestFinished(() => socket.terminate());
	const people = new Map<string, PresenceState>();
	const writing = new Map<string, readonly string[]>();
	let heard = 0;
	let look = () => {};
	socket.on('message', (data: Buffer) => {
		const frame = decodeLinkFrame(new Uint8Array(data))!;
		if (frame.op === 'presence') {
			const news = decodeNews(frame.data)!;
			for (const [user, state] of news.people) people.set(user, state);
			for (const [conversation, users] of news.writing) writing.set(conversation, users);
			heard += 1;
		}
		look();
	});
	const closed = new Promise<number>((resolve) => socket.on('close', resolve));
	await new Promise((resolve) => socket.once('open', resolve));
	socket.send(encodeLinkFrame({ op: 'since', channel: 0, position: 0 }));
	return {
		socket,
		closed,
		people,
		writing,
		heard: () => heard,
		report: (report: PresenceReport) =>
			socket.send(encodeLinkFrame({ op: 'presence', channel: 0, data: encodeReport(report) })),
		until: (holds: () => boolean) =>
			new Promise<void>((resolve) => {
				look = () => {
					if (holds()) resolve();
				};
				look();
			})
	};
}

const here = { presence: 'here', writingIn: undefined } as const;

describe('presence on links', () => {
	it('is told to a member of the same conversation, writing too, and ends when the socket is cut', async () => {
		const { url } = await startRelay();
		const [alice, bob] = [await openLink(url, `${ALICE}-1`), await openLink(url, `${BOB}-1`)];
		alice.report({ presence: 'here', writingIn: CONVERSATION });
		await bob.until(() => bob.people.get(ALICE) === 'here');
		await bob.until(() => bob.writing.get(CONVERSATION)?.[0] === ALICE);
		alice.socket.terminate();
		await bob.until(() => bob.people.get(ALICE) === 'gone' && bob.writing.get(CONVERSATION)?.length === 0);
	});

	it('a stranger hears nothing and is heard by nobody', async () => {
		const { url } = await startRelay();
		const [alice, bob] = [await openLink(url, `${ALICE}-1`), await openLink(url, `${BOB}-1`)];
		const eve = await openLink(url, `${EVE}-1`);
		eve.report({ presence: 'here', writingIn: CONVERSATION });
		alice.report(here);
		await bob.until(() => bob.people.get(ALICE) === 'here');
		expect(bob.people.has(EVE)).toBe(false);
		expect(eve.heard()).toBe(0);
	});

	it('one who is removed from the conversation is gone to its members, and they to them', async () => {
		const inIt = new Set([ALICE, BOB]);
		const { url, relay } = await startRelay({
			access: { conversationsOf: async (user) => (inIt.has(user) ? [CONVERSATION] : []) }
		});
		const [alice, bob] = [await openLink(url, `${ALICE}-1`), await openLink(url, `${BOB}-1`)];
		alice.report(here);
		bob.report(here);
		await Promise.all([
			bob.until(() => bob.people.get(ALICE) === 'here'),
			alice.until(() => alice.people.get(BOB) === 'here')
		]);
		inIt.delete(ALICE);
		relay.dropMember(CONVERSATION, ALICE);
		await Promise.all([
			bob.until(() => bob.people.get(ALICE) === 'gone'),
			alice.until(() => alice.people.get(BOB) === 'gone')
		]);
	});

	it('bytes that are no report end the link with a code', async () => {
		const { url } = await startRelay();
		const alice = await openLink(url, `${ALICE}-1`);
		alice.socket.send(encodeLinkFrame({ op: 'presence', channel: 0, data: new Uint8Array([9, 9, 9]) }));
		expect(await alice.closed).toBe(CLOSE.badFrame);
	});
});
