/**
 * What was done about each conversation's calls: how many were told to the system, or came while somebody looked. Every
 * tab of an account keeps it, so that the one that takes over tells what none has told. Never more than is unread.
 */
import { calls } from '../../state/calls';
import type { ConversationListItem } from '../../state/conversationListItem';
import type { ConversationId } from '../../domain/ids';

export interface Dealt {
	readonly calls: number;
	/** Of what arrived in earlier history. */
	readonly late: number;
}

type Items = ReadonlyMap<ConversationId, ConversationListItem>;
export type DealtWith = ReadonlyMap<ConversationId, Dealt>;

export const dealtNow = (item: ConversationListItem | undefined): Dealt =>
	item ? { calls: calls(item), late: item.late } : { calls: 0, late: 0 };

/** What is there when a tab begins is no news. */
export const dealtAtFirst = (items: Items): DealtWith =>
	new Map([...items].map(([id, item]) => [id, dealtNow(item)]));

const lower = (dealt: number, was: number, now: number): number => (now < was ? Math.min(dealt, now) : dealt);

/**
 * What was read between two looks counts no longer. By what became less and not by what there is: another tab may have
 * dealt with what this one does not list yet.
 */
export function withoutRead(dealtWith: DealtWith, before: Items, items: Items): DealtWith {
	const lowered = new Map(dealtWith);
	for (const [id, dealt] of dealtWith) {
		const [was, now] = [dealtNow(before.get(id)), dealtNow(items.get(id))];
		const left = {
			calls: lower(dealt.calls, was.calls, now.calls),
			late: lower(dealt.late, was.late, now.late)
		};
		if (left.calls !== dealt.calls || left.late !== dealt.late) lowered.set(id, left);
	}
	return lowered;
}
