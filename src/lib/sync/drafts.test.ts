import { expect, it } from 'vitest';
import { memoryLocalStore } from './memoryStorage';
import { openDrafts } from './drafts';

const setup = async () => {
	const tables = new Map<string, Map<string, unknown>>();
	const reopen = () => openDrafts(memoryLocalStore(tables));
	return { drafts: await reopen(), reopen };
};

/** Promise.withResolvers, which Node 20 has not. */
function deferred() {
	let resolve = () => {};
	const promise = new Promise<void>((settle) => (resolve = settle));
	return { promise, resolve };
}

it('a draft is there after a restart', async () => {
	const { drafts, reopen } = await setup();
	await drafts.set('c', 'half a thou');
	expect((await reopen()).get('c')).toBe('half a thou');
});

it('an emptied draft stays gone', async () => {
	const { drafts, reopen } = await setup();
	await drafts.set('c', 'no');
	await drafts.set('c', '');
	expect((await reopen()).get('c')).toBe('');
});

it('a sent draft leaves the field at once and the disk only when the message is there', async () => {
	const { drafts, reopen } = await setup();
	await drafts.set('c', 'hello');
	const stored = deferred();
	const sent = drafts.sent('c', stored.promise);
	await drafts.set('c', '');
	expect(drafts.get('c')).toBe('');
	expect((await reopen()).get('c')).toBe('hello');
	stored.resolve();
	await sent;
	expect((await reopen()).get('c')).toBe('');
});

it('text is back after a restart if the message never reached the disk', async () => {
	const { drafts, reopen } = await setup();
	await drafts.set('c', 'hello');
	await expect(drafts.sent('c', Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
	expect((await reopen()).get('c')).toBe('hello');
});

it('what is typed while the last message is being stored is kept', async () => {
	const { drafts, reopen } = await setup();
	await drafts.set('c', 'one');
	const stored = deferred();
	const sent = drafts.sent('c', stored.promise);
	await drafts.set('c', 'two');
	stored.resolve();
	await sent;
	expect((await reopen()).get('c')).toBe('two');
});
