import { composing } from './composing';
import { conversationFacts } from './conversationFacts';
import { holdConversation } from './heldConversation';
import { joined } from './joined';
import { messageDeeds } from './messageDeeds';
import { salvagedRows } from './salvagedRows';
import { shownRows } from './shownRows';
import { unreadMessages } from './unreadMessages';
import type { ConversationId } from '../domain/ids';
import type { ConversationModel } from './models';
import type { Device } from '../sync/device';

interface Options {
	/** The first thing worth keeping has been written: ask the browser to keep it. */
	readonly onWritten: () => void;
}

/** The open conversation, as its screen sees it. */
export function createConversationModel(
	device: Device,
	id: ConversationId,
	{ onWritten }: Options
): ConversationModel {
	const held = holdConversation(device, id);
	const rows = shownRows(held);
	const refused = {
		get refused() {
			held.subscribe();
			return salvagedRows(device, device.salvaged.of(id));
		}
	};
	const own = {
		id,
		async setPicture(picture: Blob | undefined): Promise<void> {
			const taken = picture && (await device.pictures.take(picture));
			const shown = held.sync?.info?.picture;
			const { setGroupPicture } = await import('../sync/groupPicture');
			await setGroupPicture(device.outbox, { conversation: id, shown, picture: taken });
		},
		discard: () => device.discardConversation(id),
		close() {
			rows.endRows();
			held.close();
		}
	};
	return joined(
		own,
		conversationFacts(held),
		rows,
		unreadMessages(held, rows),
		composing(held, { rows, onWritten }),
		messageDeeds(held),
		refused
	);
}
