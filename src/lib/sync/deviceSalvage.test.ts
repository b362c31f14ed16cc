import { expect, it, vi } from 'vitest';
import { createDeviceSalvage, type DeviceSalvageOptions } from './deviceSalvage';
import { createFakeBrowser } from './fakeTabs.fixture';
import type { EntryId } from '../domain/entry';

type Names = ReadonlyMap<EntryId, EntryId>;

/** A tab that notes what it is told to go on with under another name. */
function openTab(browser: ReturnType<typeof createFakeBrowser>) {
	const drafts: [string, Names][] = [];
	const edits: [string, Names][] = [];
	const asked: [string, Names][] = [];
	const noting = (noted: [string, Names][]) => ({
		retarget: (id: string, names: Names) => Promise.resolve(void noted.push([id, names]))
	});
	const salvage = createDeviceSalvage({
		tabs: browser.newTab(),
		drafts: noting(drafts),
		edits: noting(edits),
		open: { get: (id: string) => ({ noteRenamed: (names: Names) => asked.push([id, names]) }) }
		// What else it follows is not asked here.
	} as unknown as DeviceSalvageOptions);
	return { salvage, drafts, edits, asked };
}

it('what is begun about a message that was written again, and what is asked of it, goes on in every tab, until that is closed', async () => {
	const browser = createFakeBrowser();
	const [one, other, closed] = [openTab(browser), openTab(browser), openTab(browser)];
	closed.salvage.close();
	const told: [string, Names][] = [['c', new Map([['0.1.0', '0.2.0']])]];
	one.salvage.renamed('c')(told[0]![1]);
	expect([one.drafts, one.edits, one.asked]).toEqual([told, told, told]);
	await vi.waitFor(() => expect([other.drafts, other.edits, other.asked]).toEqual([told, told, told]));
	expect([one.drafts.length, closed.drafts, closed.edits, closed.asked]).toEqual([1, [], [], []]);
});
