import type { DeviceStorage, DocPersistence, Timers } from './ports';

/** A browser that has not closed a database by now may never do so: the room is opened all the same. */
const CLOSE_TIMEOUT_MS = 8_000;

/**
 * The storage, with one document of a room at a time: a room that is opened again while it is being closed is read once
 * that is done. Two at once would store beside each other, and one would write the rows anew without what the other has.
 */
export function oneDocEach(storage: DeviceStorage, timers: Timers): DeviceStorage {
	const closing = new Map<string, Promise<void>>();

	return {
		...storage,
		openDoc(room, doc) {
			const open = () => storage.openDoc(room, doc);
			const before = closing.get(room);
			const opened = before ? openAfter(inTime(before, timers), open) : open();
			// What it says of itself may change: it is asked each time.
			const persistence: DocPersistence = Object.create(opened);
			persistence.close = () => {
				const done = opened.close().finally(() => {
					if (closing.get(room) === done) closing.delete(room);
				});
				closing.set(room, done);
				return done;
			};
			return persistence;
		}
	};
}

/** What is written into the document meanwhile is stored when it is opened. */
function openAfter(before: Promise<void>, open: () => DocPersistence): DocPersistence {
	let opened: DocPersistence | undefined;
	const opening = before.then(() => (opened = open()));
	return {
		get origin() {
			return opened?.origin;
		},
		whenLoaded: opening.then(({ whenLoaded }) => whenLoaded),
		get isRead() {
			return opened?.isRead ?? false;
		},
		stored: async () => (await opening).stored(),
		readAnew: async () => (await opening).readAnew(),
		close: async () => (await opening).close()
	};
}

/** Settles with it, however that ends, or once it has taken too long. */
function inTime(closing: Promise<void>, timers: Timers): Promise<void> {
	return new Promise((resolve) => {
		const giveUp = timers.after(CLOSE_TIMEOUT_MS, resolve);
		const done = () => {
			giveUp();
			resolve();
		};
		closing.then(done, done);
	});
}
