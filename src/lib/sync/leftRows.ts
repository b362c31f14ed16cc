/**
 * Rows of drafts that a page which ended has left: what it had sent, and what was typed in a tab that is gone. They go on
 * here: no other tab would ever look for them.
 */
import { compareStamps } from '../domain/stamp';
import { draftRow, type DraftRowsOptions, type FoundRow, type Typed, type Unsure } from './draftRows';
import { EMPTY_DRAFT, isEmptyDraft } from '../domain/draftState';
import { slotOf } from './deviceId';
import type { ConversationId } from '../domain/ids';

interface TakeOverOptions extends DraftRowsOptions {
	readonly typed: Map<ConversationId, Typed>;
	readonly unsure: Unsure;
}

export async function takeOver(
	left: FoundRow[],
	{ local, deviceId, tabs, typed, unsure }: TakeOverOptions
): Promise<void> {
	left.sort((a, b) => compareStamps(b.draft.stamp, a.draft.stamp));
	for (const { row, sent, device, id, draft } of left) {
		if ((!sent && typed.has(id)) || (device !== deviceId && (await tabs.isOpen(slotOf(device))))) continue;
		if (sent) {
			unsure.set(draft, { row, id });
			continue;
		}
		typed.set(id, draft);
		// The other row goes only once this one is there.
		await local.put('drafts', draftRow(deviceId, id), draft).then(
			() => local.delete('drafts', row),
			// As it was: the next tab that opens finds it again.
			() => undefined
		);
	}
	// With nothing typed since, it stands in the field again.
	for (const [draft, { id }] of unsure) if (isEmptyDraft(typed.get(id) ?? EMPTY_DRAFT)) typed.set(id, draft);
}
