import type { DeviceStorage, DocPersistence } from './ports';

/**
 * The storage, with one document of a room at a time: a room that is opened again while it is being closed is read once
 * that is done. Two at once would store beside each other, and one would write the rows anew without what the other has.
 */
export function oneDocEach(storage: DeviceStorage): DeviceStorage {
	const closing = new Map<string, Promise<void>>();

	return {
		...storage,
		openDoc(room, doc) {
			const open = () => storage.openDoc(room, doc);
			const before = closing.get(room);
			const opened = before ? openAfter(before, open) : open();
			return {
				get origin() {
					return opened.origin;
				},
				whenLoaded: opened.whenLoaded,
				stored: () => opened.stored(),
				close() {
					const done = opened.close().finally(() => {
						if (closing.get(room) === done) closing.delete(room);
					});
					closing.set(room, done);
					return done;
				}
			};
		}
	};
}

/** What is written into the document meanwhile is stored when it is opened. */
function openAfter(before: Promise<void>, open: () => DocPersistence): DocPersistence {
	let opened: DocPersistence | undefined;
	// Closed well or not, the one before is done.
	const opening = before.catch(() => undefined).then(() => (opened = open()));
	return {
		get origin() {
			return opened?.origin;
		},
		whenLoaded: opening.then(({ whenLoaded }) => whenLoaded),
		stored: async () => (await opening).stored(),
		close: async () => (await opening).close()
	};
}
