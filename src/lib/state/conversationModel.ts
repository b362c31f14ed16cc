import { createRows } from './timelineRows';
import { createSubscriber } from 'svelte/reactivity';
import { decodeMessageBody } from '../domain/bodies';
import { MESSAGE_TEXT_MAX } from '../domain/limits';
import { namesOf } from './conversationNames';
import type { ConversationId } from '../domain/ids';
import type { ConversationModel } from './models';
import type { Device } from '../sync/device';

interface Options {
	readonly names: Intl.ListFormat;
	/** The first thing worth keeping has been written: ask the browser to keep it. */
	readonly onWritten: () => void;
}

/** The open conversation, as its screen sees it. */
export function createConversationModel(device: Device, id: ConversationId, { names, onWritten }: Options): ConversationModel {
	const subscribe = createSubscriber((update) => device.onChange(update));
	const rowsOf = createRows();
	const conversation = () => device.conversations.get(id);
	const names_ = () => namesOf(device, id, names);

	return {
		id,
		get status() {
			subscribe();
			const sync = conversation();
			if (names_().known) {
				if (sync?.refusal) return 'removed';
				return sync?.loaded ? 'open' : 'opening';
			}
			if (sync) return 'removed';
			return device.directoryKnown ? 'missing' : 'opening';
		},
		get kind() {
			subscribe();
			return names_().kind;
		},
		get name() {
			subscribe();
			return names_().name;
		},
		get swatch() {
			subscribe();
			return names_().swatch;
		},
		get members() {
			subscribe();
			return names_().members;
		},
		get pending() {
			subscribe();
			return names_().pending;
		},
		get complete() {
			subscribe();
			return names_().pending || conversation()?.complete === true;
		},
		get rows() {
			subscribe();
			const sync = conversation();
			return sync ? rowsOf(sync.items, { conversation: sync, self: device.self.id, nameOf: names_().nameOf }) : [];
		},
		get draft() {
			subscribe();
			return device.drafts.get(id);
		},
		set draft(text) {
			// A draft that the disk does not take is told through sync.storageProblem by the document store.
			void device.drafts.set(id, text).catch(() => device.noteStorageProblem());
		},
		send(text) {
			const sync = conversation();
			const trimmed = text.trim();
			if (trimmed === '' || !sync) return { problem: 'empty' };
			if (trimmed.length > MESSAGE_TEXT_MAX) return { problem: 'too-long' };
			sync.send(trimmed);
			void device.drafts.sent(id, sync.stored()).catch(() => device.noteStorageProblem());
			onWritten();
			return undefined;
		},
		get refused() {
			subscribe();
			const sync = conversation();
			if (!sync?.refusal) return [];
			return sync.unsent.flatMap(({ body, stamp }) => {
				const message = body && decodeMessageBody(body);
				return message ? [{ text: message.text, at: stamp.ms }] : [];
			});
		},
		close() {}
	};
}
