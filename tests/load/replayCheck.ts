/** The judgement at the end of a replay: what every device must show. */
import type { EntryId } from '../../src/lib/domain/entry';
import type { IrcLine } from './ircLog';
import type { TimelineItem } from '../../src/lib/domain/timeline';

export interface Played {
	readonly lines: readonly IrcLine[];
	/** The entry that was written for each line, in the order of the lines. */
	readonly written: readonly EntryId[];
	readonly timelines: readonly { readonly device: string; readonly items: readonly TimelineItem[] }[];
}

/** What is wrong; empty if all devices show one timeline with each line once and each nick's lines in order. */
export function findProblems({ lines, written, timelines }: Played): string[] {
	const [first, ...others] = timelines;
	if (!first) return ['there are no devices'];
	const problems = lineProblems(first.items, lines, written);
	const shown = first.items.map(keyOf);
	for (const { device, items } of others) {
		const at = firstDifference(shown, items.map(keyOf));
		if (at >= 0)
			problems.push(
				`${device} shows ${items.length} items, other ones than ${first.device} from item ${at} on`
			);
	}
	return problems;
}

const keyOf = (item: TimelineItem): string => JSON.stringify(item);

function lineProblems(
	items: readonly TimelineItem[],
	lines: readonly IrcLine[],
	written: readonly EntryId[]
): string[] {
	const problems: string[] = [];
	const lineOf = new Map(written.map((id, i) => [id, i]));
	const seen = new Set<number>();
	const latest = new Map<string, number>();
	for (const item of items) {
		if (item.type !== 'message') continue;
		const at = lineOf.get(item.id);
		const line = at === undefined ? undefined : lines[at];
		if (at === undefined || !line) problems.push(`message ${item.id} is no line of the log`);
		else if (seen.has(at)) problems.push(`line ${at} stands twice`);
		else if (item.text !== line.text) problems.push(`line ${at} reads ${JSON.stringify(item.text)}`);
		else if (at < (latest.get(line.nick) ?? -1))
			problems.push(`line ${at} of ${line.nick} stands behind a later one`);
		if (at === undefined || !line) continue;
		seen.add(at);
		latest.set(line.nick, at);
	}
	for (let at = 0; at < lines.length; at++) if (!seen.has(at)) problems.push(`line ${at} is missing`);
	return problems;
}

function firstDifference(a: readonly string[], b: readonly string[]): number {
	for (let i = 0; i < Math.max(a.length, b.length); i++) if (a[i] !== b[i]) return i;
	return -1;
}
