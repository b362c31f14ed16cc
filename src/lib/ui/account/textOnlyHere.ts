import type { AppModel } from '../../state/models';

/**
 * Everything that this device alone holds, as text to copy: what waits to leave, drafts, and what never can be sent,
 * each under its conversation's name. `when` puts a time before what has one.
 */
export function textOnlyHere(
	{ conversations, onlyHere, salvaged }: Pick<AppModel, 'conversations' | 'onlyHere' | 'salvaged'>,
	draftMark: string,
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
	for (const { id, name, draft } of conversations)
		if (draft.trim() !== '') add(id, name, `[${draftMark}] ${draft}`);
	for (const { conversation, conversationName, text, at } of salvaged)
		add(conversation, conversationName, dated(at, text));
	return [...parts.values()].map(({ name, texts }) => [`## ${name}`, ...texts].join('\n\n')).join('\n\n');
}
