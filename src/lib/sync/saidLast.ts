import { compareWritten, formatEntryId, type Entry } from '../domain/entry';
import { readSaid } from '../domain/said';
import type { MessageBody } from '../domain/bodies';

/** What the last of a message's bodies says. */
export function saidLast(bodies: readonly Entry[]): MessageBody | undefined {
	const last = [...bodies].sort(compareWritten).at(-1);
	const said = last && readSaid(last, formatEntryId(last));
	if (said?.type === 'message') return said.body;
	return said?.type === 'edit' ? { text: said.text, replyTo: said.replyTo } : undefined;
}
