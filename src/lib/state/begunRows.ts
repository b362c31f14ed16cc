import { begunInOtherTabs } from '../sync/begunInTabs';
import { namesOf } from './conversationNames';
import type { BegunRow } from './onlyHereRows';
import type { Device } from '../sync/device';

/** What is begun in other tabs of this browser and nowhere else, under the names of its conversations. */
export async function begunRows(device: Device): Promise<BegunRow[]> {
	const { local, home, directory, summaries } = device;
	const conversations = directory.conversations.keys();
	const begun = await begunInOtherTabs({ local, home, conversations });
	return begun.map((row) => {
		const { conversation } = row;
		const conversationName = summaries.get(conversation)?.name || namesOf(device, conversation).name;
		return { ...row, conversationName };
	});
}
