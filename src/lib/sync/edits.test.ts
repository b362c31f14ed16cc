import { describe, expect, it } from 'vitest';
import { createFakeBrowser } from './fakeTabs.fixture';
import { createMemoryDisk, memoryLocalStore } from './memoryStorage';
import { openEdits } from './edits';

/** A browser profile; each opening is a tab with the lowest number that is free. */
function createProfile() {
	const disk = createMemoryDisk();
	const browser = createFakeBrowser();
	const open = async () => {
		const tabs = browser.newTab();
		const slot = await tabs.slot();
		const deviceId = slot === 0 ? 'phone' : `phone.${slot}`;
		return openEdits({ local: memoryLocalStore(disk.tables), tabs, deviceId });
	};
	return { open, crash: browser.crash, disk };
}

const edit = { target: '0.1.2', text: 'half an ed', was: 'an edit' };

describe('an edit that was begun', () => {
	it('is there after a crash, as it was last typed', async () => {
		const { open, crash } = createProfile();
		const edits = await open();
		await edits.set('c', { ...edit, text: 'half' });
		await edits.set('c', edit);
		crash(0);
		const again = await open();
		expect(again.get('c')).toEqual(edit);
		expect(again.get('other')).toBeUndefined();
	});

	it('is its own in each tab', async () => {
		const { open } = createProfile();
		await (await open()).set('c', edit);
		expect((await open()).get('c')).toBeUndefined();
	});

	it('goes on in another tab once its own is gone, and in one only', async () => {
		const { open, crash } = createProfile();
		await open();
		await (await open()).set('c', edit);
		crash(0);
		crash(1);
		expect((await open()).get('c')).toEqual(edit);
		expect((await open()).get('c')).toBeUndefined();
	});

	it('waits for its turn where the other tab was editing too', async () => {
		const { open, crash } = createProfile();
		const first = await open();
		await first.set('c', edit);
		await (await open()).set('c', { ...edit, text: 'of the second' });
		crash(0);
		crash(1);
		const again = await open();
		expect(again.get('c')?.text).toBe('half an ed');
		await again.end('c');
		crash(0);
		expect((await open()).get('c')?.text).toBe('of the second');
	});

	it('leaves the field when it is saved, and the disk only once the message has it', async () => {
		const { open, crash } = createProfile();
		const edits = await open();
		await edits.set('c', edit);
		let saved = () => {};
		const ended = edits.end('c', new Promise<void>((resolve) => (saved = resolve)));
		expect(edits.get('c')).toBeUndefined();
		crash(0);
		expect((await open()).get('c')).toEqual(edit);
		saved();
		await ended;
		crash(0);
		expect((await open()).get('c')).toBeUndefined();
	});

	it('is not taken for a draft', async () => {
		const { open, disk } = createProfile();
		await (await open()).set('c', edit);
		for (const row of disk.tables.get('drafts')?.keys() ?? []) expect(row).not.toMatch(/^phone/);
	});
});
