import type * as Y from 'yjs';
import { equalFlat } from 'lib0/array';
import { appendEntries, type NewEntry } from './log';
import { erasedBy, type Erasure } from '../domain/erasures';
import { eraseEntries } from './erase';
import { LogDocument } from './logDocument';
import { SYSTEM_USER } from '../domain/ids';
import type { Stamp } from '../domain/stamp';

/** A document in which `system` writes, and the time. */
interface ServerWriting {
	readonly doc: Y.Doc;
	readonly segment: number;
	readonly tick: () => Stamp;
}

/**
 * Carries out the server's order to erase, in one transaction with the entry of `system` that says why. An entry that
 * says the same already is not written again, and what is erased already is passed over.
 */
export function writeErasure(
	{ doc, segment, tick }: ServerWriting,
	erasure: Erasure,
	why?: Pick<NewEntry, 'kind' | 'body'>
): void {
	const logs = new LogDocument(doc, segment);
	const entries = logs.entries();
	logs.destroy();
	const { bodies, whole } = erasedBy(erasure, entries);
	const isSaid = ({ body }: Pick<NewEntry, 'body'>) =>
		entries.some((entry) => entry.author === SYSTEM_USER && entry.body && equalFlat(entry.body, body));
	doc.transact(() => {
		if (why && !isSaid(why)) appendEntries(doc, SYSTEM_USER, [{ ...why, stamp: tick() }]);
		eraseEntries(doc, erasure.author, bodies);
		eraseEntries(doc, erasure.author, whole, { headersToo: true });
	});
}
