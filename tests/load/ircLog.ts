/** What people said in an IRC log, line by line; or such lines made up where there is no log. */
import type { Random } from './seededRandom';

export interface IrcLine {
	readonly nick: string;
	readonly text: string;
}

const SAID = /^\[\d{2}:\d{2}\] <([^>]+)> ?(.*)$/;

/** The lines `[HH:MM] <nick> text`; `passedOver` counts the others (actions, joins, quits), blank ones apart. */
export function parseIrcLog(log: string): { lines: IrcLine[]; passedOver: number } {
	const lines: IrcLine[] = [];
	let passedOver = 0;
	for (const each of log.split(/\r?\n/)) {
		const said = SAID.exec(each);
		if (said) lines.push({ nick: said[1]!.trim(), text: said[2]! });
		else if (each.trim() !== '') passedOver++;
	}
	return { lines, passedOver };
}

const WORDS =
	'the a boat rows over still water and nobody knows where it came from while rain falls on roofs of tin'.split(
		' '
	);

/** A conversation that nobody had. A few nicks say most of it, as everywhere. */
export function generateLines(random: Random, { count, nicks }: { count: number; nicks: number }): IrcLine[] {
	return Array.from({ length: count }, (_, i) => {
		const nick = `nick${Math.min(random.below(nicks), random.below(nicks))}`;
		const words = Array.from({ length: 1 + random.below(20) }, () => random.pick(WORDS));
		return { nick, text: `${i}: ${words.join(' ')}` };
	});
}

/** The nicks of a log, the busiest first. */
export function nicksOf(lines: readonly IrcLine[]): string[] {
	const counts = new Map<string, number>();
	for (const { nick } of lines) counts.set(nick, (counts.get(nick) ?? 0) + 1);
	return [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)).map(([nick]) => nick);
}
