import { describe, expect, it } from 'vitest';
import { KIND } from '../domain/entry';
import { ALICE, createDevice } from './conversation.fixture';
import { encodePinBody, encodeReactionBody } from '../domain/annotationBodies';

describe('a queued message', () => {
	it('that is edited shows the new text and leaves no trace of the old one', async () => {
		const device = createDevice();
		const sync = await device.open();
		const id = sync.send({ text: 'secret' });
		await sync.edit(id, { text: 'plain' });
		expect(device.texts(sync)).toEqual(['plain']);
		expect(sync.items[0]).toMatchObject({ id, versions: [] });
		expect(sync.unsent.filter(({ kind }) => kind === KIND.message)).toHaveLength(0);
		expect(sync.unsent).toHaveLength(1);
	});

	it('that is cancelled is nowhere, after a restart too', async () => {
		const device = createDevice();
		const sync = await device.open();
		const id = sync.send({ text: 'secret' });
		expect(await sync.remove(id)).toMatchObject({
			done: 'cancelled',
			said: { text: 'secret' },
			mayHaveLeft: false
		});
		expect(sync.items).toEqual([]);
		expect(sync.unsent).toEqual([]);
		await sync.close();
		expect((await device.open()).items).toEqual([]);
	});

	it('that was cancelled after all it had left is redacted when the relay says that it has it', async () => {
		const device = createDevice();
		const sync = await device.open();
		const id = sync.send({ text: 'seen by others' });
		const [, client, s] = id.split('.').map(Number);
		await sync.remove(id);
		await sync.settleCancelled(0, new Map([[client!, 2 * s! + 2]]));
		expect(sync.items).toMatchObject([{ id, deleted: true }]);
	});

	it('that was cancelled in time is not redacted', async () => {
		const device = createDevice();
		const sync = await device.open();
		const id = sync.send({ text: 'never left' });
		await sync.remove(id);
		await sync.settleCancelled(0, new Map());
		expect(sync.items).toEqual([]);
	});
});

describe('a reaction or pin that has not left', () => {
	async function withMessage() {
		const device = createDevice();
		const target = device.seed(0, 1, 1_000)(0);
		return { device, target, sync: await device.open() };
	}

	it('goes without a trace when it is taken back, after a restart too', async () => {
		const { device, target, sync } = await withMessage();
		await sync.react(target, '👍', true);
		await sync.pin(target, true);
		await sync.close();
		const again = await device.open();
		expect(again.message(target)).toMatchObject({ reactions: [{ emoji: '👍' }], pinned: true });
		await again.react(target, '👍', false);
		await again.pin(target, false);
		expect(again.message(target)).toMatchObject({ reactions: [], pinned: false });
		expect(again.unsent).toEqual([]);
	});

	it('that takes back what the others see is said once, and goes without a trace when it is done again', async () => {
		const { device, target, sync } = await withMessage();
		await sync.react(target, '👍', true);
		const { client } = sync.unsent[0]!;
		await sync.close();
		await device.told(0, [[client, 2]]);
		const again = await device.open();
		expect(again.unsent).toEqual([]);
		await again.react(target, '👍', false);
		expect(again.unsent).toHaveLength(1);
		expect(again.message(target)?.reactions).toEqual([]);
		await again.react(target, '👍', true);
		expect(again.unsent).toEqual([]);
		expect(again.message(target)?.reactions).toEqual([{ emoji: '👍', users: [ALICE] }]);
	});

	it('is taken back by itself: what another one says meanwhile stands', async () => {
		const { device, sync, target } = await withMessage();
		await sync.pin(target, true);
		device.write(0, KIND.pin, encodePinBody({ target, on: true }));
		expect(await sync.takeBack({ type: 'pin', target })).toBe(true);
		expect(sync.message(target)?.pinned).toBe(true);
		expect(sync.unsent).toEqual([]);
		expect(await sync.takeBack({ type: 'pin', target })).toBe(false);
	});

	it('says nothing of what another one says: their reaction is theirs, and their pin is everybody’s', async () => {
		const { device, target, sync } = await withMessage();
		device.write(0, KIND.reaction, encodeReactionBody({ target, emoji: '👍', on: true }));
		device.write(0, KIND.pin, encodePinBody({ target, on: true }));
		await sync.react(target, '👍', true);
		expect(sync.message(target)?.reactions[0]?.users).toHaveLength(2);
		await sync.pin(target, false);
		expect(sync.message(target)?.pinned).toBe(false);
		await sync.pin(target, true);
		expect(sync.message(target)?.pinned).toBe(true);
		expect(sync.unsent.map(({ kind }) => kind)).toEqual([KIND.reaction]);
	});
});

describe('a change of a sent message that has not left', () => {
	/** One's own message that the relay has, and a page that began after it was sent. */
	async function withSent(text: string) {
		const device = createDevice();
		const before = await device.open();
		const id = before.send({ text });
		await before.close();
		const [, client] = id.split('.').map(Number);
		await device.told(0, [[client!, 2]]);
		return { device, id, sync: await device.open() };
	}

	it('is replaced by the next one without a trace: the history has what others have seen', async () => {
		const { device, id, sync } = await withSent('low water at noon');
		await sync.edit(id, { text: 'a secret' });
		await sync.edit(id, { text: 'low water at one' });
		expect(sync.message(id)).toMatchObject({
			text: 'low water at one',
			versions: [{ text: 'low water at noon' }]
		});
		expect(sync.unsent).toHaveLength(1);
		await sync.close();
		const again = await device.open();
		expect(again.message(id)?.versions).toHaveLength(1);
	});

	it('can be taken back: the message says again what it said, after a restart too', async () => {
		const { device, id, sync } = await withSent('low water at noon');
		await sync.edit(id, { text: 'not this' });
		expect(await sync.dropEdits(id)).toBe(true);
		expect(sync.message(id)).toMatchObject({ text: 'low water at noon', versions: [] });
		expect(sync.unsent).toEqual([]);
		await sync.close();
		const again = await device.open();
		expect(again.message(id)).toMatchObject({ text: 'low water at noon', versions: [] });
		expect(await again.dropEdits(id)).toBe(false);
	});

	it('cannot be taken back where it is all that the message says', async () => {
		const device = createDevice();
		const sync = await device.open();
		const id = sync.send({ text: 'secret' });
		await sync.edit(id, { text: 'plain' });
		expect(await sync.dropEdits(id)).toBe(false);
		expect(device.texts(sync)).toEqual(['plain']);
	});
});
