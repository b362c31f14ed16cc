/** How the rows of a timeline stand on the strand: days, groups of one author, and who says the state of a run. */
import type { EntryId } from '../../domain/entry';
import type { EventRow, MessageRow, TimelineRow } from '../../state/timelineRow';
import { startOfDay } from '../text/when';

/** A new group starts after this much silence of one author. */
export const GROUP_MS = 5 * 60_000;

interface StrandDay {
	readonly type: 'day';
	readonly key: string;
	/** Milliseconds since 1970 of the day's start. */
	readonly at: number;
}
interface StrandEvent {
	readonly type: 'event';
	readonly key: string;
	readonly row: EventRow;
}
export interface StrandMessage {
	readonly type: 'message';
	readonly key: string;
	readonly row: MessageRow;
	/** First of its group: it names its author. */
	readonly head: boolean;
	/** Last of a run of own messages in one state: it says the state in words. */
	readonly saysState: boolean;
	/** It arrived late, and where it stands in its run of late ones. */
	readonly late: 'first' | 'middle' | 'last' | 'only' | undefined;
}
/** Messages in a row that are folded away. */
export interface StrandFold {
	readonly type: 'fold';
	readonly key: string;
	readonly rows: readonly MessageRow[];
}
export type StrandItem = StrandDay | StrandEvent | StrandMessage | StrandFold;

export interface Standing {
	/** The message behind the line of unread ones: a group starts there. */
	readonly newFrom?: EntryId | undefined;
	readonly isLate?: (id: EntryId) => boolean;
	readonly isFolded?: (row: MessageRow) => boolean;
}

/**
 * Returns a function from rows to what stands on the strand. A row that is the same object and stands the same way
 * gives the same item again, so that of a long list only what changed is drawn.
 */
export function createStrand(): (rows: readonly TimelineRow[], standing?: Standing) => StrandItem[] {
	const kept = new WeakMap<TimelineRow, StrandEvent | StrandMessage>();
	return (rows, { newFrom, isLate = () => false, isFolded = () => false } = {}) => {
		const late = (row: TimelineRow | undefined) => row?.type === 'message' && isLate(row.id);
		const items: StrandItem[] = [];
		let day: number | undefined;
		let dayEnd = -Infinity;
		let before: TimelineRow | undefined;
		/** A day's key must not change when an earlier message of it comes, nor be there twice if clocks were wrong. */
		const days = new Set<number>();
		rows.forEach((row, i) => {
			// Finding a day's start asks the time zone, so rows of one day ask once.
			const sameDay = day !== undefined && row.at >= day && row.at < dayEnd;
			const itsDay = sameDay ? day! : startOfDay(row.at);
			const newDay = itsDay !== day;
			if (newDay)
				items.push({
					type: 'day',
					key: days.has(itsDay) ? `day-${itsDay}-${row.id}` : `day-${itsDay}`,
					at: itsDay
				});
			days.add(itsDay);
			if (!sameDay) dayEnd = new Date(itsDay).setHours(24, 0, 0, 0);
			day = itsDay;
			if (row.type === 'message' && isFolded(row)) {
				const fold = items.at(-1);
				if (fold?.type === 'fold') items[items.length - 1] = { ...fold, rows: [...fold.rows, row] };
				else items.push({ type: 'fold', key: `fold-${row.id}`, rows: [row] });
				before = undefined;
				return;
			}
			const item =
				row.type === 'event'
					? eventItem(row, kept.get(row))
					: messageItem(
							row,
							{
								before,
								breaks: newDay || row.id === newFrom,
								next: rows[i + 1],
								late: late(row) ? lateAt(late(before), late(rows[i + 1])) : undefined
							},
							kept.get(row)
						);
			kept.set(row, item);
			items.push(item);
			before = row;
		});
		return items;
	};
}

const eventItem = (row: EventRow, held: StrandEvent | StrandMessage | undefined): StrandEvent =>
	held?.type === 'event' ? held : { type: 'event', key: row.id, row };

function lateAt(before: boolean, behind: boolean): StrandMessage['late'] {
	if (before) return behind ? 'middle' : 'last';
	return behind ? 'first' : 'only';
}

interface Around {
	readonly before: TimelineRow | undefined;
	/** A line stands before it. */
	readonly breaks: boolean;
	readonly next: TimelineRow | undefined;
	readonly late: StrandMessage['late'];
}

function messageItem(
	row: MessageRow,
	{ before, breaks, next, late }: Around,
	held: StrandEvent | StrandMessage | undefined
): StrandMessage {
	const head =
		breaks || before?.type !== 'message' || before.author !== row.author || row.at - before.at >= GROUP_MS;
	const saysState = row.own && !(next?.type === 'message' && next.own && next.state === row.state);
	if (held?.type === 'message' && held.head === head && held.saysState === saysState && held.late === late)
		return held;
	return { type: 'message', key: row.id, row, head, saysState, late };
}
