/** Keeps what stands in the field of a conversation that can no longer be written to, then takes it from there. */
import { EMPTY_DRAFT } from '../domain/draftState';
import type { ConversationId } from '../domain/ids';
import type { CopyOptions } from './salvageCopy';
import type { Drafts } from './drafts';
import type { Edits } from './edits';
import type { SalvagedText, SalvagedTexts } from './salvagedTexts';

export interface KeepTypedOptions extends Pick<CopyOptions, 'reason' | 'describe'> {
	readonly salvaged: Pick<SalvagedTexts, 'keepOnce'>;
	readonly drafts: Pick<Drafts, 'get' | 'adopt' | 'choose'>;
	readonly edits: Pick<Edits, 'get' | 'end'>;
	/** Wall clock in milliseconds. */
	readonly now: () => number;
}

/** Rejects if the disk does not take it: it stays where it was. */
export async function keepTypedText(conversation: ConversationId, options: KeepTypedOptions): Promise<void> {
	const { salvaged, drafts, edits } = options;
	const texts = typedIn(conversation, options);
	// An edit that says nothing new stays begun.
	if (texts.length === 0) return;
	for (const text of texts) await salvaged.keepOnce(text);
	await drafts.choose(conversation, EMPTY_DRAFT);
	await edits.end(conversation);
}

/** A draft or an edit, as it is kept. */
function typedIn(
	conversation: ConversationId,
	{ drafts, edits, describe, reason, now }: KeepTypedOptions
): SalvagedText[] {
	const draft = drafts.get(conversation, drafts.adopt(conversation));
	const edit = edits.get(conversation);
	const { name, quote } = describe();
	const at = now();
	const common = { conversation, conversationName: name, at, reason };
	const texts: SalvagedText[] = [];
	if (draft.text.trim() !== '') {
		const replyTo = draft.replyTo === undefined ? undefined : quote(draft.replyTo);
		const text = { ...common, source: `draft-${at}`, text: draft.text, isEdit: false };
		texts.push(replyTo ? { ...text, replyTo } : text);
	}
	if (edit && edit.text.trim() !== edit.was.trim())
		texts.push({ ...common, source: `edit-${at}`, text: edit.text, isEdit: true });
	return texts;
}
