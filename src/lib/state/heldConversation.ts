import { follow, type Following } from './following';
import { namesOf, rememberMembers, type ConversationNames } from './conversationNames';
import type { ConversationId } from '../domain/ids';
import type { ConversationSync } from '../sync/conversationSync';
import type { Device } from '../sync/device';
import type { Unread } from '../domain/unread';

const NOTHING_UNREAD: Unread = { late: [], fresh: [] };

/** One conversation that a screen holds open, for the parts of its model. */
export interface HeldConversation extends Omit<Following, 'close'> {
	readonly device: Device;
	readonly id: ConversationId;
	/** Undefined until it is known that there is such a conversation. */
	readonly sync: ConversationSync | undefined;
	/** The device whose draft the field began with; undefined until the conversation is there. */
	readonly adopted: string | undefined;
	readonly names: ConversationNames;
	readonly unread: Unread;
	/** Written to memory at once; a disk that does not take it is told. */
	keep(write: (conversation: ConversationSync) => Promise<unknown>): void;
	/** A disk that does not take it is told. */
	stored(write: Promise<unknown>): void;
	close(): void;
}

export function holdConversation(device: Device, id: ConversationId): HeldConversation {
	let held: ReturnType<Device['conversations']['use']> | undefined;
	let adopted: string | undefined;
	let closed = false;
	const following = follow(device, openIfKnown);

	/** Opened once it is known that there is such a conversation: one of somebody else's leaves no trace here. */
	function openIfKnown(): void {
		if (held || closed || !namesOf(device, id).known) return;
		held = device.conversations.use(id);
		adopted = device.drafts.adopt(id);
	}
	openIfKnown();

	const membersOf = rememberMembers(device.goneName);
	const names = following.once(() => namesOf(device, id, membersOf));
	const unread = following.once(() => (held ? device.reading.unread(held.sync) : NOTHING_UNREAD));

	const stored = (write: Promise<unknown>): void => void write.catch(device.noteStorageProblem);

	return {
		device,
		id,
		get sync() {
			return held?.sync;
		},
		get adopted() {
			return adopted;
		},
		get names() {
			return names();
		},
		get unread() {
			return unread();
		},
		subscribe: following.subscribe,
		once: following.once,
		typed: following.typed,
		moved: following.moved,
		keep(write) {
			const conversation = held?.sync;
			if (conversation) stored(write(conversation).then(() => conversation.stored()));
		},
		stored,
		close() {
			closed = true;
			following.close();
			held?.release();
		}
	};
}
