import type { AppModel } from '../../state/models';

/**
 * Everything that this device alone holds, as text to copy: what waits to leave, drafts, and what never can be sent,
 * each under its conversation's name.
 */
export function textOnlyHere(
	{ conversations, onlyHere, salvaged }: Pick<AppModel, 'conversations' | 'onlyHere' | 'salvaged'>,
	draftMark: string
): string {
	const parts = new Map<string, { readonly name: string; readonly texts: string[] }>();
	function add(id: string, name: string, text: string): void {
		const part = parts.get(id) ?? { name, texts: [] };
		part.texts.push(text);
		parts.set(id, part);
	}
	for (const { conversation, conversationName, text } of onlyHere) add(conversation, conversationName, text);
	for (const { id, name, draft } of conversations)
		if (draft.trim() !== '') add(id, name, `[${draftMark}] ${draft}`);
	for (const { conversation, conversationName, text } of salvaged) add(conversation, conversationName, text);
	return [...parts.values()].map(({ name, texts }) => [`## ${name}`, ...texts].join('\n\n')).join('\n\n');
}
