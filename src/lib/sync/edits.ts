/**
 * Messages that are being edited, kept as typed on this device: reload, crash and another conversation find the edit as
 * it was left. One a conversation in each tab; what a tab that is gone was editing goes on in the next that opens. The
 * rows stand beside those of drafts, which begin with a device's id.
 */
import { slotOf } from './deviceId';
import { createEmitter } from './emitter';
import type { ConversationId } from '../domain/ids';
import type { EntryId } from '../domain/entry';
import type { LocalStore, Tabs } from './ports';

export interface EditBegun {
	/** The message. */
	readonly target: EntryId;
	readonly text: string;
	/** What it said when the edit was begun. */
	readonly was: string;
}

export interface EditsOptions {
	readonly local: LocalStore;
	readonly tabs: Tabs;
	/** This tab's, see deviceId. */
	readonly deviceId: string;
}

export type Edits = Awaited<ReturnType<typeof openEdits>>;

export async function openEdits({ local, tabs, deviceId }: EditsOptions) {
	const changed = createEmitter();
	const begun = new Map<ConversationId, EditBegun>();
	const writes = new Set<Promise<unknown>>();
	const rowOf = (id: ConversationId, device = deviceId) => `edit ${device}/${id}`;

	const rows = (await local.all<EditBegun>('drafts')).flatMap(([row, edit]) => {
		const [, device, id] = /^edit ([^/]+)\/(.+)$/.exec(row) ?? [];
		return device !== undefined && id !== undefined ? [{ row, device, id, edit }] : [];
	});
	for (const { device, id, edit } of rows) if (device === deviceId) begun.set(id, edit);
	for (const { row, device, id, edit } of rows) {
		if (begun.has(id) || (await tabs.isOpen(slotOf(device)))) continue;
		begun.set(id, edit);
		// The other row goes only once this one is there.
		await local.put('drafts', rowOf(id), edit).then(
			() => local.delete('drafts', row),
			// As it was: the next tab that opens finds it again.
			() => undefined
		);
	}

	function write(task: Promise<void>): Promise<void> {
		const done = task.finally(() => writes.delete(done));
		writes.add(done);
		return done;
	}

	function set(id: ConversationId, edit: EditBegun): Promise<void> {
		begun.set(id, edit);
		changed.emit();
		return write(local.put('drafts', rowOf(id), edit));
	}

	return {
		onChange: changed.on,
		get: (id: ConversationId): EditBegun | undefined => begun.get(id),
		/** Settles once it is on this device's disk; rejects if it cannot be. */
		set,
		/** The same edit of a message that has another name now. */
		async retarget(id: ConversationId, names: ReadonlyMap<EntryId, EntryId>): Promise<void> {
			const edit = begun.get(id);
			const target = edit && names.get(edit.target);
			if (target !== undefined) await set(id, { ...edit!, target });
		},
		/** Leaves the field at once, and the disk when `stored` says that what became of it is there. */
		async end(id: ConversationId, stored: Promise<unknown> = Promise.resolve()): Promise<void> {
			const ended = begun.get(id);
			begun.delete(id);
			changed.emit();
			await stored;
			// Another has been begun meanwhile, in the same row.
			if (ended && !begun.has(id)) await write(local.delete('drafts', rowOf(id)));
		},
		/** Settles once all that was typed is on this device's disk; rejects if it cannot be. */
		stored: async (): Promise<void> => void (await Promise.all(writes))
	};
}
