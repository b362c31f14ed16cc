import type { AppModel } from '../../state/models';
import type { BegunRow, OnlyHereItem } from '../../state/onlyHereRows';
import type { DraftOf } from './lostWithThisDevice';

/** Where texts stand that this device has. */
export interface TextsHere extends Pick<AppModel, 'conversations' | 'salvaged'> {
	readonly onlyHere: readonly OnlyHereItem[];
}

interface TextOptions {
	readonly draftMark: string;
	readonly draftOf: DraftOf;
	/** Drafts of other tabs of this browser. */
	readonly inOtherTabs?: readonly BegunRow[];
}

/**
 * What waits to leave, drafts, and what never can be sent, as text to copy, each under its conversation's name.
 * `draftOf`: what of a draft counts. `when` puts a time before what has one.
 */
export function textOnlyHere(
	{ conversations, onlyHere, salvaged }: TextsHere,
	{ draftMark, draftOf, inOtherTabs = [] }: TextOptions,
	when?: (ms: number) => string
): string {
	const parts = new Map<string, { readonly name: string; readonly texts: string[] }>();
	function add(id: string, name: string, text: string): void {
		const part = parts.get(id) ?? { name, texts: [] };
		part.texts.push(text);
		parts.set(id, part);
	}
	const dated = (at: number, text: string) => (when ? `[${when(at)}] ${text}` : text);
	for (const { conversation, conversationName, text, at } of onlyHere)
		add(conversation, conversationName, dated(at, text));
	for (const item of conversations)
		if (draftOf(item) !== '') add(item.id, item.name, `[${draftMark}] ${draftOf(item)}`);
	for (const { conversation, conversationName, text } of inOtherTabs)
		add(conversation, conversationName, `[${draftMark}] ${text}`);
	for (const { conversation, conversationName, text, at } of salvaged)
		add(conversation, conversationName, dated(at, text));
	return [...parts.values()].map(({ name, texts }) => [`## ${name}`, ...texts].join('\n\n')).join('\n\n');
}
