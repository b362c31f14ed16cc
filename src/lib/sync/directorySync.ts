import { createEmitter } from './emitter';
import { readDirectory, type Directory } from '../domain/directory';
import { readFacts } from '../conversation/factDocument';
import type { RoomSync } from './roomSync';

export type DirectorySync = ReturnType<typeof openDirectorySync>;

/** The user's directory on this device: which conversations there are, as the server last said here. */
export function openDirectorySync(room: RoomSync) {
	const changed = createEmitter();
	let current: Directory | undefined;
	room.doc.on('update', () => {
		current = undefined;
		changed.emit();
	});
	room.onChange(changed.emit);
	const read = (): Directory => (current ??= readDirectory(readFacts(room.doc)));
	return {
		room,
		whenLoaded: room.whenLoaded,
		onChange: changed.on,
		get current(): Directory {
			return read();
		},
		/** True once the server has said on this device which conversations there are. */
		get known(): boolean {
			return read().self !== undefined || room.status.at === 'synced';
		}
	};
}
