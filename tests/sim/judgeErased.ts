import assert from 'node:assert/strict';
import * as Y from 'yjs';
import { CONVERSATIONS, type Cast } from './cast';
import { until } from './until';
import type { Ledger } from './ledger';
import type { SimDevice } from './simDevice';

/** P6: what was deleted, cancelled or replaced before it left is in no document of a device. */
export function judgeErased(ledger: Ledger, present: readonly SimDevice[]): void {
	const gone = goneMarks(ledger, present);
	for (const each of present)
		for (const [room, doc] of each.documents())
			search(Y.encodeStateAsUpdate(doc), gone, `${room} of ${each.name}`);
}

/** P6: nor in anything else that is on its disk, soon after the documents were open. */
export async function judgeErasedOnDisk(ledger: Ledger, present: readonly SimDevice[]): Promise<void> {
	const gone = goneMarks(ledger, present);
	await until(present, 'what is erased leaves the disk', () => {
		for (const each of present)
			for (const [room, rows] of each.rows)
				for (const mark of gone)
					if (rows.some((row) => holds(row, mark))) return `${mark} is in ${room} of ${each.name}`;
	});
}

/** P6: nor is it at the relay, once that has compacted. Superseded facts go when it starts again, or a room is idle. */
export async function judgeErasedAtRelay(
	{ host }: Cast,
	ledger: Ledger,
	present: readonly SimDevice[]
): Promise<void> {
	const gone = goneMarks(ledger, present);
	host.kill();
	host.start();
	await until(present, 'the relay compacts', async () => {
		const [room] = await host.disk.erased();
		return room && `${room} is still to be rewritten`;
	});
	const scopes = [...CONVERSATIONS, ...new Set(present.map(({ self }) => self.id))];
	for (const { room } of (await host.disk.changedSince(0, scopes)).rooms)
		for (const update of (await host.disk.load(room)).updates) search(update, gone, `${room} at the relay`);
}

function search(bytes: Uint8Array, gone: readonly string[], where: string): void {
	for (const mark of gone) assert.ok(!holds(bytes, mark), `P6: ${mark} is gone from ${where}`);
}

const holds = (bytes: Uint8Array, mark: string): boolean => Buffer.from(bytes).includes(mark);

/** Only its author may erase a text: one whose devices are all lost can erase no more. */
function goneMarks({ written }: Ledger, present: readonly SimDevice[]): string[] {
	return written.flatMap(({ wordings, removedBy, contested, by }) => {
		if (contested || !present.some(({ self }) => self === by.self)) return [];
		const isRemoved = [...removedBy].some((each) => present.includes(each));
		return wordings.flatMap(({ mark, replacedBy }) =>
			isRemoved || (replacedBy && present.includes(replacedBy)) ? [mark] : []
		);
	});
}
