import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import type { ApiClient } from '../testing/apiClient.fixture';

const GROUP_ID = '018f0000-0000-7000-8000-000000000001';

let lab: ApiLab;
let alice: ApiClient;
let bob: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start();
	[alice, bob] = [await lab.person('alice'), await lab.person('bob')];
});
afterEach(() => lab.stop());

const createGroup = () =>
	alice.post('/api/conversations', { id: GROUP_ID, kind: 'group', members: [bob.id] });

/** What is committed, without anything in memory: the server is left standing where it was and a new one starts. */
async function killAndStartAgain(): Promise<void> {
	lab.server.closeDatabase();
	lab.relay.isStuck = false;
	await lab.start();
}

describe('a server that is killed between the commit and the documents', () => {
	it('brings the documents up to date at its next start', async () => {
		lab.relay.isStuck = true;
		void createGroup();
		await expect.poll(() => lab.server.conversations.list(alice.id).conversations).toHaveLength(1);
		expect(lab.relay.facts(`info/${GROUP_ID}`)).toEqual({});
		await killAndStartAgain();
		expect(lab.relay.facts(`info/${GROUP_ID}`)).toMatchObject({ kind: 'group' });
		for (const { id } of [alice, bob]) {
			expect(lab.relay.facts(`directory/${id}`)).toHaveProperty(`conversation/${GROUP_ID}`);
		}
		expect(await lab.relay.entries(`c/${GROUP_ID}/0`)).toHaveLength(1);
	});

	it('tells an event once, though it had been written and only its note was left', async () => {
		lab.relay.forgetsToAnswer = true;
		void createGroup();
		await expect.poll(() => lab.relay.entries(`c/${GROUP_ID}/0`)).toHaveLength(1);
		lab.relay.forgetsToAnswer = false;
		await killAndStartAgain();
		expect(await lab.relay.entries(`c/${GROUP_ID}/0`)).toHaveLength(1);
	});
});

describe('a document that could not be written', () => {
	it('does not fail the request, and is written with the next change', async () => {
		lab.relay.isBroken = true;
		expect((await createGroup()).status).toBe(201);
		lab.relay.isBroken = false;
		await alice.patch('/api/me', { displayName: 'Ann' });
		expect(lab.relay.facts(`info/${GROUP_ID}`)).toHaveProperty(`person/${alice.id}`, {
			username: 'alice',
			displayName: 'Ann'
		});
		expect(await lab.relay.entries(`c/${GROUP_ID}/0`)).toHaveLength(1);
	});
});

describe('while a group of many is told of', () => {
	it('nobody waits for it who has nothing to do with it', async () => {
		const carol = await lab.person('carol');
		await carol.post('/api/messages/send', { userId: bob.id, text: 'Are you there?' });
		const release = lab.relay.holdProjections();
		const members = Array.from({ length: 200 }, (_, n) => lab.userOf(`weaver${n}`));
		const making = alice.post('/api/conversations', { kind: 'group', members });
		await expect.poll(() => lab.relay.held).toBeGreaterThan(0);
		const { status } = await carol.post('/api/messages/send', { userId: bob.id, text: 'Still there?' });
		expect(status).toBe(201);
		expect((await carol.post('/api/tokens', { name: 'loom', scopes: ['sync'], days: 1 })).status).toBe(201);
		release();
		expect((await making).status).toBe(201);
	});

	it('few of its documents are begun before others have their turn', async () => {
		const release = lab.relay.holdProjections();
		const members = Array.from({ length: 200 }, (_, n) => lab.userOf(`weaver${n}`));
		const making = alice.post('/api/conversations', { kind: 'group', members });
		await expect.poll(() => lab.relay.held).toBeGreaterThan(10);
		const renaming = bob.patch('/api/me', { displayName: 'Bobbin' });
		await expect.poll(() => lab.relay.asked.has(`directory/${bob.id}`)).toBe(true);
		expect(lab.relay.held).toBeLessThan(100);
		release();
		await Promise.all([making, renaming]);
		expect(lab.relay.facts(`directory/${members.at(-1)}`)).toHaveProperty('self');
	});
});

it('a change made while its document is being written is not lost', async () => {
	const release = lab.relay.holdProjections();
	const first = alice.patch('/api/me', { displayName: 'First' });
	await expect.poll(() => lab.relay.held).toBe(1);
	const second = alice.patch('/api/me', { displayName: 'Second' });
	await expect.poll(() => lab.server.accounts.own(alice.id)?.displayName).toBe('Second');
	release();
	await Promise.all([first, second]);
	expect(lab.relay.facts(`directory/${alice.id}`).self).toMatchObject({ displayName: 'Second' });
});
