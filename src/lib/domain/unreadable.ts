import { HEADER_VERSION } from './entryCodec';
import { KIND, type Entry } from './entry';
import { decodeAnnotation, type Said } from './said';

const KINDS: ReadonlySet<number> = new Set(Object.values(KIND));

const ANNOTATIONS: ReadonlySet<number> = new Set([KIND.edit, KIND.redaction, KIND.reaction, KIND.pin]);

/**
 * True for an entry that a screen should own up to: it has a body, and this version cannot read it, since it is of a
 * later version or broken. `said` is what `readSaid` made of it.
 */
export function isUnreadable(entry: Entry, said: Said | undefined): boolean {
	if (!entry.body) return false;
	if (entry.version !== HEADER_VERSION || !KINDS.has(entry.kind)) return true;
	if (said?.type === 'message') return said.body === undefined;
	return said === undefined && ANNOTATIONS.has(entry.kind) && !decodeAnnotation(entry.kind, entry.body);
}
