import { onDocumentChange } from '../conversation/documentChanges';
import { createEmitter } from './emitter';
import { readDirectory, readLeft, type Directory } from '../domain/directory';
import { readFacts } from '../conversation/factDocument';
import type { ConversationId } from '../domain/ids';
import type { Facts } from '../domain/facts';
import type { RoomSync } from './roomSync';

export type DirectorySync = ReturnType<typeof openDirectorySync>;

/** The user's directory on this device: which conversations there are, as the server last said here. */
export function openDirectorySync(room: RoomSync) {
	const changed = createEmitter();
	let facts: Facts | undefined;
	let current: Directory | undefined;
	let left: ReadonlySet<ConversationId> | undefined;
	let { disowned } = room;
	let isTold = false;
	onDocumentChange(room.doc, () => {
		facts = current = left = undefined;
		changed.emit();
	});
	room.onChange(() => {
		if (disowned !== room.disowned) facts = current = left = undefined;
		({ disowned } = room);
		isTold ||= room.status.at === 'synced';
		changed.emit();
	});
	const readOnce = (): Facts => (facts ??= readFacts(room.doc, room.disowned));
	const read = (): Directory => (current ??= readDirectory(readOnce()));
	return {
		room,
		whenLoaded: room.whenLoaded,
		onChange: changed.on,
		get current(): Directory {
			return read();
		},
		/** Conversations that the user was in and is no longer. */
		get left(): ReadonlySet<ConversationId> {
			return (left ??= readLeft(readOnce()));
		},
		/** True once the server has said on this device which conversations there are. */
		get known(): boolean {
			return isTold || read().self !== undefined;
		},
		/** True once the server has said so since this page was loaded: it is not what was so some time ago. */
		get isTold(): boolean {
			return isTold;
		}
	};
}
