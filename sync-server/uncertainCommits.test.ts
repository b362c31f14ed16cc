/** Errors of the disk at the write and at the commit: behind the one nothing is stored, behind the other anything may be. */
import { expect, test } from 'vitest';
import { ALICE, BOB, openProvider, ROOM, whenHolds, whenSynced } from './relay.fixture';
import { docSaying, eraseOne, holdsTexts, say, textsOf } from './writing.fixture';
import { memoryRoomStore } from './memoryRoomStore';
import { openLink, startLimited } from './limited.fixture';
import { RawClient } from './rawClient.fixture';
import type { RoomStore, StoredUpdate } from './roomStore';

type Failing =
	'nowhere' | 'at the write' | 'at the commit, with nothing stored' | 'at the commit, with all stored';

/** A store whose disk has errors where the test says. */
function faultyStore() {
	const inner = memoryRoomStore();
	const faults: { at: Failing } = { at: 'nowhere' };
	const write = async <T>(act: () => Promise<T>): Promise<T> => {
		const { at } = faults;
		if (at === 'nowhere') return act();
		if (at === 'at the commit, with all stored') await act();
		const code = at === 'at the write' ? 'SQLITE_IOERR_WRITE' : 'SQLITE_IOERR_FSYNC';
		throw Object.assign(new Error(`the disk says ${code}`), { code });
	};
	const append = (batch: readonly StoredUpdate[]) => write(() => inner.append(batch));
	return { faults, store: { ...inner, append, probe: () => write(() => inner.probe()) } };
}

test.each(['at the write', 'at the commit, with nothing stored', 'at the commit, with all stored'] as const)(
	'an error of the disk %s: nothing of it is acked before it is known to be stored, and then everyone has it',
	async (at) => {
		const { store, faults } = faultyStore();
		const timing = { retryMs: { first: 2, max: 10 }, pokeEveryMs: 1, heldPokeEveryMs: 1 };
		const { url, relay, log, counts } = await startLimited({}, { store, timing });
		const alice = openProvider(url, { session: `${ALICE}-1` });
		const bob = openProvider(url, { session: `${BOB}-1` });
		const listener = new RawClient(url, { session: `${ALICE}-2`, query: 'ack=1' });
		const feed = await openLink(url, `${BOB}-2`);
		feed.send({ op: 'since', channel: 0, position: 0 });
		await Promise.all([listener.hears('ack'), whenSynced(alice), whenSynced(bob), feed.hears('changes')]);
		say(alice.doc, ALICE, 'before');
		await whenHolds(bob.doc, holdsTexts('before'));
		feed.heard.length = 0;

		faults.at = at;
		say(alice.doc, ALICE, 'in trouble');
		await expect.poll(() => relay.health().reason).toBe('the disk has errors');
		expect(counts.commitsFailed).toBeGreaterThan(0);
		expect(log.lines.map(({ message }) => message)).toContain('a commit failed');
		if (at !== 'at the commit, with all stored') expect(textsOf(bob.doc)).toEqual(['before']);
		faults.at = 'nowhere';
		await whenHolds(bob.doc, holdsTexts('before', 'in trouble'));
		await listener.hears('update');
		await feed.hears('changes', ({ rooms }) => rooms.includes(ROOM));
		expect(await relay.entries(ROOM)).toHaveLength(2);
		// Whatever is stored next ends the spell.
		say(alice.doc, ALICE, 'behind it');
		await whenHolds(bob.doc, holdsTexts('before', 'behind it', 'in trouble'));
		expect(relay.health().status).toBe('ok');
	}
);

test('an erasure that is stored though its commit fails reaches whoever is there, and soon the file', async () => {
	const { store, faults } = faultyStore();
	const replaced: string[] = [];
	const replace: RoomStore['replace'] = async (replacements, clean) => {
		replaced.push(...replacements.map(({ room }) => room));
		return store.replace(replacements, clean);
	};
	const timing = { retryMs: { first: 2, max: 10 }, eraseWithinMs: 1 };
	const { url, relay } = await startLimited({}, { store: { ...store, replace }, timing });
	const alice = openProvider(url, { session: `${ALICE}-1`, doc: docSaying(ALICE, 'to be erased', 'kept') });
	const bob = openProvider(url, { session: `${BOB}-1` });
	await whenHolds(bob.doc, holdsTexts('kept', 'to be erased'));
	faults.at = 'at the commit, with all stored';
	eraseOne(alice.doc, `${ALICE}:${alice.doc.clientID}`);
	await expect.poll(() => relay.health().reason).toBe('the disk has errors');
	faults.at = 'nowhere';
	await whenHolds(bob.doc, holdsTexts('kept'));
	await expect.poll(() => replaced).toContain(ROOM);
});
