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
