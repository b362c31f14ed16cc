import { describe, expect, it } from 'vitest';
import { KIND } from '../domain/entry';
import { createDevice } from './conversation.fixture';

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
