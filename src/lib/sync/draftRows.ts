/**
 * The rows of drafts on this device's disk, as a start finds them. What is not this tab's own, or was sent, is seldom
 * there: what becomes of it is loaded then (leftRows).
 */
import { NO_DRAFTS_SEEN, type SeenDrafts } from '../domain/draftState';
import { ZERO_STAMP } from '../domain/stamp';
import type { ConversationId } from '../domain/ids';
import type { LocalStore, Tabs } from './ports';
import type { TypedDraft } from '../domain/sentDraft';

/** Typed here and not yet in the home document. */
export interface Typed extends TypedDraft {
	/** What the person had before their eyes when they began: see domain/draftState. */
	readonly base: SeenDrafts;
}

export const draftRow = (device: string, id: ConversationId): string => `${device}/${id}`;

/** Of what is on its way: beside the row of what is typed meanwhile, and one for each message. */
export const sentRow = (device: string, id: ConversationId, { stamp }: Typed): string =>
	`sent ${draftRow(device, id)}/${stamp.ms}.${stamp.counter}`;

/** One that was kept before all of this was kept with it: what it was written over is offered too. */
const whole = (draft: Typed): Typed => ({
	...draft,
	base: draft.base instanceof Map ? draft.base : NO_DRAFTS_SEEN,
	stamp: draft.stamp ?? ZERO_STAMP
});

/** Sent, and nobody knows whether the message came to the disk; the newest first. */
export type Unsure = Map<Typed, { readonly row: string; readonly id: ConversationId }>;

export interface FoundRow {
	readonly row: string;
	/** Of what was sent. */
	readonly sent: boolean;
	readonly device: string;
	readonly id: ConversationId;
	readonly draft: Typed;
}

export interface DraftRowsOptions {
	readonly local: LocalStore;
	readonly deviceId: string;
	readonly tabs: Pick<Tabs, 'isOpen'>;
}

export async function readDraftRows(options: DraftRowsOptions) {
	const typed = new Map<ConversationId, Typed>();
	const unsure: Unsure = new Map();
	const left: FoundRow[] = [];
	for (const [row, kept] of await options.local.all<Typed>('drafts')) {
		const [, sent, device, id] = /^(sent )?([^/ ]+)\/([^/]+)/.exec(row) ?? [];
		if (device === undefined || id === undefined) continue;
		const draft = whole(kept);
		if (!sent && device === options.deviceId) typed.set(id, draft);
		else left.push({ row, sent: sent !== undefined, device, id, draft });
	}
	if (left.length > 0) await (await import('./leftRows')).takeOver(left, { ...options, typed, unsure });
	return { typed, unsure };
}
