import type { ConversationId } from '../../domain/ids';
import type { AppModel, ConversationModel } from '../../state/models';

/** How long a conversation may take to open from this device before its texts are given up. */
const OPEN_MS = 5_000;

/** Everything that this device alone holds, as text to copy: unsent messages and drafts under their conversation's name. */
export async function textOnlyHere(app: AppModel, draftMark: string): Promise<string> {
	const parts: string[] = [];
	for (const { id, name, unsent, draft } of app.conversations) {
		const texts = unsent > 0 ? await unsentTexts(app, id, unsent) : [];
		if (draft.trim() !== '') texts.push(`[${draftMark}] ${draft}`);
		if (texts.length > 0) parts.push([`## ${name}`, ...texts].join('\n\n'));
	}
	return parts.join('\n\n');
}

async function unsentTexts(app: AppModel, id: ConversationId, expected: number): Promise<string[]> {
	const conversation = app.openConversation(id);
	try {
		await opened(conversation, expected);
		return queuedTexts(conversation);
	} finally {
		conversation.close();
	}
}

const queuedTexts = ({ rows }: ConversationModel): string[] =>
	rows.flatMap((row) => (row.type === 'message' && row.own && row.state === 'queued' ? [row.text] : []));

/** Waits until the conversation shows as many unsent messages as are expected, or has had its time. */
function opened(conversation: ConversationModel, expected: number): Promise<void> {
	return new Promise((resolve) => {
		const stop = $effect.root(() => {
			$effect(() => {
				if (conversation.status !== 'opening' && queuedTexts(conversation).length >= expected) done();
			});
		});
		const timer = setTimeout(done, OPEN_MS);
		function done() {
			clearTimeout(timer);
			stop();
			resolve();
		}
	});
}
