/** People whom the host removes, and whose sessions it ends, while frames are on their way to disk. */
import * as Y from 'yjs';
import { accessOf, ALICE, BOB, CONVERSATION, openProvider, startRelay, whenHolds } from './relay.fixture';
import { ControlledStore } from './controlledStore.fixture';
import { holdsTexts, say } from './writing.fixture';
import { RawClient } from './rawClient.fixture';
import { RawLink } from './rawLink.fixture';
import type { StartOptions } from './relay.fixture';

/** Alice's two devices and Bob, whom the host removes, or whose session it ends. */
export async function startMembers(options: StartOptions = {}) {
	const members = new Set([ALICE, BOB]);
	const sessions = new Set([`${ALICE}-phone`, `${ALICE}-laptop`, `${BOB}-1`]);
	const store = new ControlledStore();
	const started = await startRelay({
		store,
		...options,
		access: {
			authenticate: async ({ authorization = '' }) => {
				const sessionId = authorization.replace('Bearer ', '');
				return sessions.has(sessionId) ? { userId: sessionId.slice(0, 16), sessionId } : undefined;
			},
			isLoggedIn: async (session) => sessions.has(session),
			access: async (user, room) => (members.has(user) ? accessOf(user, room) : 'none'),
			conversationsOf: async (user) => (members.has(user) ? [CONVERSATION] : []),
			...options.access
		}
	});
	return {
		...started,
		store,
		/** Goes in the host's books alone: nobody tells the relay. */
		removeUnheard: () => members.delete(BOB),
		revokeUnheard: () => sessions.delete(`${BOB}-1`),
		remove() {
			members.delete(BOB);
			started.relay.dropMember(CONVERSATION, BOB);
		},
		revoke() {
			sessions.delete(`${BOB}-1`);
			started.relay.dropSession(`${BOB}-1`);
		}
	};
}

/** Bob's frames wait behind a commit under way when he goes. */
export async function startInFlight() {
	const started = await startMembers();
	const { url, store } = started;
	const phone = openProvider(url, { session: `${ALICE}-phone` });
	const laptop = openProvider(url, { session: `${ALICE}-laptop` });
	const link = new RawLink(url, `${BOB}-1`);
	const socket = new RawClient(url, { session: `${BOB}-1` });
	await link.opened;
	link.open(1);
	await link.hears('data');
	await socket.hears('step1');
	say(phone.doc, ALICE, 'before');
	await whenHolds(laptop.doc, holdsTexts('before'));
	const letGo = store.hold();
	const handed = store.nextAppend();
	say(phone.doc, ALICE, 'under way');
	await handed;
	link.sendUpdate(1, say(new Y.Doc(), BOB, 'too late on the link'));
	socket.sendUpdate(say(new Y.Doc(), BOB, 'too late on the socket'));
	await Promise.all([link.answered(), socket.answered()]);
	link.heard.length = socket.heard.length = 0;
	return { ...started, phone, laptop, link, socket, letGo };
}
