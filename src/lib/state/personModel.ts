import { directConversationId, type UserId } from '../domain/ids';
import { isGone } from '../domain/people';
import { follow } from './following';
import { ownPerson } from './ownPerson';
import type { ConversationListItem } from './conversationListItem';
import type { PersonModel } from './models';
import type { Device } from '../sync/device';

/** Somebody as their own screen sees them: from this device at once, and asked for at the server when it can be. */
export function createPersonModel(
	device: Device,
	id: UserId,
	conversations: () => readonly ConversationListItem[]
): PersonModel {
	const isSelf = id === device.self.id;
	const direct = directConversationId(device.self.id, id);
	let asking = false;
	let asked = isSelf;
	let missing = false;
	const following = follow(device, askOnce);
	const { subscribe } = following;

	/** As soon as there is a connection: what was known of them may be old. */
	function askOnce(): void {
		if (asking || asked || device.link.status !== 'online') return;
		asking = true;
		void device.people.ask(id).then((answer) => {
			asking = false;
			asked = answer !== undefined;
			missing = answer === 'nobody';
			following.moved();
		});
	}
	askOnce();

	return {
		id,
		isSelf,
		get person() {
			subscribe();
			return isSelf ? ownPerson(device) : device.people.get(id);
		},
		get blocked() {
			subscribe();
			return device.directory.blocked.has(id);
		},
		get missing() {
			subscribe();
			const known = device.people.get(id);
			return missing || (known !== undefined && isGone(known));
		},
		get shared() {
			const isShared = (item: ConversationListItem) =>
				item.id === direct || (!isSelf && (device.summaries.get(item.id)?.others?.includes(id) ?? false));
			return conversations()
				.filter(isShared)
				.sort((a, b) => Number(b.id === direct) - Number(a.id === direct));
		},
		close: () => following.close()
	};
}
