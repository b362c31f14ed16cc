/** The host ends sessions and removes members without a word to the relay, which finds out when it asks. */
import { describe, expect, test } from 'vitest';
import { ALICE, BOB, openProvider, whenHolds } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { holdsTexts, say } from './writing.fixture';
import { ManualTimers } from './manualTimers.fixture';
import { RawClient } from './rawClient.fixture';
import { RawLink } from './rawLink.fixture';
import { startMembers } from './membership.fixture';

async function start(options: Parameters<typeof startMembers>[0] = {}) {
	const started = await startMembers(options);
	const { url } = started;
	const alice = openProvider(url, { session: `${ALICE}-phone` });
	const laptop = openProvider(url, { session: `${ALICE}-laptop` });
	const link = new RawLink(url, `${BOB}-1`);
	await link.opened;
	link.send({ op: 'since', channel: 0, position: 0 });
	await link.hears('changes');
	link.open(1);
	await link.hears('data');
	const socket = new RawClient(url, { session: `${BOB}-1` });
	await socket.hears('step1');
	/** The others go on, and this is all that Bob hears of it. */
	const others = async (text: string) => {
		link.heard.length = socket.heard.length = 0;
		say(alice.doc, ALICE, text);
		await whenHolds(laptop.doc, holdsTexts(text));
		return [...link.heard, ...socket.heard];
	};
	return { ...started, link, socket, others };
}

describe('when everyone is checked', () => {
	test('a member who was removed unheard loses the channels and hears no more, the link stays', async () => {
		const { relay, removeUnheard, link, socket, others } = await start();
		removeUnheard();
		await relay.checkEveryone();
		expect((await link.hears('close')).code).toBe(CLOSE.forbidden);
		expect((await socket.closed).code).toBe(CLOSE.forbidden);
		await link.answered();
		expect(await others('after')).toEqual([]);
	});

	test('a session that ended unheard loses its sockets', async () => {
		const { relay, revokeUnheard, link, socket, others } = await start();
		revokeUnheard();
		await relay.checkEveryone();
		expect(await link.closed).toBe(CLOSE.logIn);
		expect((await socket.closed).code).toBe(CLOSE.logIn);
		expect(await others('after')).toEqual([]);
	});

	test('nobody else notices, and a host that cannot answer drops nobody', async () => {
		let fails = false;
		const isLoggedIn = async () => {
			if (fails) throw new Error('no database');
			return true;
		};
		const { relay, log, link, socket } = await start({ access: { isLoggedIn } });
		await relay.checkEveryone();
		fails = true;
		await relay.checkEveryone();
		await Promise.all([link.answered(), socket.answered()]);
		expect(log.lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
			'who is here could not be checked'
		]);
	});
});

test('a session whose time is up loses its sockets within a minute', async () => {
	const timers = new ManualTimers();
	const { revokeUnheard, link, socket } = await start({ timers });
	revokeUnheard();
	timers.advance(60_000);
	expect(await link.closed).toBe(CLOSE.logIn);
	expect((await socket.closed).code).toBe(CLOSE.logIn);
});
