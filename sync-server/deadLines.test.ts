/** Lines that are dead without a word: what their people showed ends within 35 s, by a clock that the test moves on. */
import { expect, onTestFinished, test } from 'vitest';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { ALICE, BOB, CONVERSATION, startRelay } from './relay.fixture';
import { decodeNews, encodeReport } from '../src/lib/protocol/presenceWords';
import { encodeAwareness } from './syncMessages';
import { encodeLinkFrame } from '../src/lib/protocol/linkFrames';
import { ManualTimers } from './manualTimers.fixture';
import { RawClient } from './rawClient.fixture';
import { RawLink } from './rawLink.fixture';
import * as encoding from 'lib0/encoding';

const ENDS_WITHIN_MS = 35_000;
const STEP_MS = 500;

/** Lets time go by until it holds, what the relay and who is alive say to each other included. Gives how long it took. */
async function timeUntil(timers: ManualTimers, answered: () => Promise<void>, holds: () => boolean) {
	let ms = 0;
	await answered();
	while (!holds() && ms <= 2 * ENDS_WITHIN_MS) {
		timers.advance(STEP_MS);
		ms += STEP_MS;
		// The second time behind what the first one let the relay do.
		await answered();
		await answered();
	}
	return ms;
}

/** A link whose other side is there no more: nothing of it arrives, and nobody says so. */
async function halfOpenLink(url: string): Promise<WebSocket> {
	const socket = new WebSocket(url, {
		headers: { authorization: `Bearer ${ALICE}-1` },
		autoPong: false
	});
	onTestFinished(() => socket.terminate());
	await once(socket, 'open');
	socket.send(encodeLinkFrame({ op: 'since', channel: 0, position: 0 }));
	const data = encodeReport({ presence: 'here', writingIn: CONVERSATION });
	socket.send(encodeLinkFrame({ op: 'presence', channel: 0, data }));
	return socket;
}

test('presence and writing of a half-open link end within 35 s', async () => {
	const timers = new ManualTimers();
	const { url } = await startRelay({ timers, timing: { pingEveryMs: 15_000 } });
	const bob = new RawLink(url, `${BOB}-1`);
	await bob.opened;
	bob.send({ op: 'since', channel: 0, position: 0 });
	await bob.hears('changes');
	await halfOpenLink(url);
	const people = new Map<string, string>();
	const writing = new Map<string, readonly string[]>();
	const answered = async () => {
		await bob.answered();
		for (const frame of bob.heard.splice(0)) {
			const news = frame.op === 'presence' ? decodeNews(frame.data) : undefined;
			for (const [user, state] of news?.people ?? []) people.set(user, state);
			for (const [conversation, users] of news?.writing ?? []) writing.set(conversation, users);
		}
	};
	const appears = () => people.get(ALICE) === 'here' && writing.get(CONVERSATION)?.[0] === ALICE;
	expect(await timeUntil(timers, answered, appears)).toBeLessThan(5_000);
	const isGone = () => people.get(ALICE) === 'gone' && writing.get(CONVERSATION)?.length === 0;
	const tookMs = await timeUntil(timers, answered, isGone);
	expect(tookMs).toBeGreaterThan(0);
	expect(tookMs).toBeLessThanOrEqual(ENDS_WITHIN_MS);
});

test('awareness of a half-open socket of a stock provider ends within 35 s', async () => {
	const timers = new ManualTimers();
	const { url } = await startRelay({ timers, timing: { pingEveryMs: 15_000 } });
	const bob = new RawClient(url, { session: `${BOB}-1` });
	const alice = new RawClient(url, { session: `${ALICE}-1`, autoPong: false });
	await Promise.all([bob.hears('step1'), alice.hears('step1')]);
	const client = 5;
	const state = encoding.encode((encoder) => {
		for (const number of [1, client, 1]) encoding.writeVarUint(encoder, number);
		encoding.writeVarString(encoder, '{"user":"Alice"}');
	});
	alice.send(encodeAwareness(state));
	await alice.answered();
	let shown: string | undefined;
	const answered = async () => {
		await bob.answered();
		for (const message of bob.heard.splice(0)) {
			const text = message.type === 'awareness' ? new TextDecoder().decode(message.payload) : '';
			if (text.includes('Alice')) shown = 'here';
			else if (text.includes('null')) shown = 'gone';
		}
	};
	expect(await timeUntil(timers, answered, () => shown === 'here')).toBeLessThan(5_000);
	expect(await timeUntil(timers, answered, () => shown === 'gone')).toBeLessThanOrEqual(ENDS_WITHIN_MS);
});
