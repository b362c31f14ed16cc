/**
 * What of a salvage plan is text that a person typed: for what can never leave, and is kept for them instead of being
 * written again. Reactions, pins and deletions say nothing without the conversation, and are left out.
 */
import { decodeEditBody } from './annotationBodies';
import { decodeMessageBody } from './bodies';
import { formatEntryId, KIND, type Entry, type EntryId } from './entry';
import type { SalvagePlan } from './salvage';

export interface UnsentText {
	/** The entry whose body holds the text. */
	readonly source: EntryId;
	/** The message that it is, or is the newest text of. */
	readonly message: EntryId;
	/** A new text for a message that the others have. */
	readonly isEdit: boolean;
	readonly text: string;
	readonly replyTo?: EntryId;
	/** When it was written, in milliseconds since 1970. */
	readonly at: number;
}

/** One text a message: of several edits the newest. `entries` are those that the plan was made from. */
export function unsentTexts(plan: SalvagePlan, entries: Iterable<Entry>): UnsentText[] {
	const writtenAt = new Map([...entries].map((entry) => [formatEntryId(entry), entry.stamp.ms]));
	const texts = new Map<EntryId, UnsentText>();
	for (const { id, kind, source, body } of plan.append) {
		const said = readText(kind, body(new Map()));
		if (!said) continue;
		const { target: message = id, text, replyTo } = said;
		const held = texts.get(message);
		const next = {
			source: formatEntryId(source),
			message,
			isEdit: held?.isEdit ?? kind === KIND.edit,
			text,
			at: held?.at ?? writtenAt.get(id) ?? source.stamp.ms
		};
		texts.set(message, replyTo === undefined ? next : { ...next, replyTo });
	}
	return [...texts.values()].sort((a, b) => a.at - b.at);
}

function readText(
	kind: number,
	body: Uint8Array
): { target?: EntryId; text: string; replyTo?: EntryId } | undefined {
	if (kind === KIND.message) return decodeMessageBody(body);
	return kind === KIND.edit ? decodeEditBody(body) : undefined;
}
