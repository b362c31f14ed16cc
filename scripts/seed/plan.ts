/**
 * What is written in the demonstration, when and by whom: made from a seed alone, so that it is the same each time, with
 * nothing in it that depends on what the server gives out.
 */
import { GROUPS, PAIRS, type ThemeName } from './cast';
import type { Random } from '../../tests/load/seededRandom';
import { ANSWERS, REACTIONS, THEMES, WORDS } from './phrases';

export interface PlannedConversation {
	readonly kind: 'direct' | 'group';
	/** Of a group. */
	readonly name: string;
	readonly description: string;
	/** Usernames; the first begins it. */
	readonly members: readonly string[];
}

/** Something written in a conversation. It is known by its number there. */
export interface PlannedMessage {
	readonly conversation: number;
	readonly n: number;
	/** Milliseconds before the end of the plan. */
	readonly agoMs: number;
	readonly author: string;
	readonly text: string;
	/** The number of the message that it replies to. */
	readonly replyTo?: number;
	/** What it is changed to a little later. */
	readonly edited?: string;
	readonly reactions: readonly { readonly by: string; readonly emoji: string }[];
	readonly pinned: boolean;
}

export interface Plan {
	readonly conversations: readonly PlannedConversation[];
	/** Oldest first. */
	readonly messages: readonly PlannedMessage[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The demonstration goes this far back. */
export const SPAN_MS = 70 * DAY_MS;
const REPLY = 0.12;
const ANSWER = 0.35;
const REACT = 0.1;
const EDIT = 0.02;
const PIN = 0.004;

export function makePlan(random: Random): Plan {
	const conversations: PlannedConversation[] = [
		...GROUPS.map(({ name, description, members }) => ({
			kind: 'group' as const,
			name,
			description,
			members
		})),
		...PAIRS.map(([one, other]) => ({
			kind: 'direct' as const,
			name: '',
			description: '',
			members: [one, other]
		}))
	];
	const amounts = [
		...GROUPS.map(({ theme, messages }) => ({ theme, messages })),
		...PAIRS.map(([, , messages, theme]) => ({ theme, messages }))
	];
	const messages = amounts.flatMap(({ theme, messages }, conversation) =>
		talk(
			{ conversation, theme, count: messages, members: conversations[conversation]?.members ?? [] },
			random
		)
	);
	return { conversations, messages: messages.sort((a, b) => b.agoMs - a.agoMs) };
}

interface Talk {
	readonly conversation: number;
	readonly theme: ThemeName;
	readonly count: number;
	readonly members: readonly string[];
}

function talk({ conversation, theme, count, members }: Talk, random: Random): PlannedMessage[] {
	const times = timesOf(count, random);
	let last = '';
	return times.map((agoMs, n) => {
		// People say a few things in a row, and rarely answer themselves.
		const author = random.next() < 0.3 && last !== '' ? last : random.pick(members);
		last = author;
		const others = members.filter((member) => member !== author);
		const isAnswer = n > 0 && random.next() < ANSWER;
		const text = fill(random.pick(isAnswer ? ANSWERS : THEMES[theme]), random);
		return {
			conversation,
			n,
			agoMs,
			author,
			text,
			...(n > 3 && random.next() < REPLY && { replyTo: n - 1 - Math.floor(random.next() * 3) }),
			...(random.next() < EDIT && { edited: `${text} (${fill('{time}', random)}, I mean)` }),
			reactions: others
				.filter(() => random.next() < REACT / Math.sqrt(others.length))
				.map((by) => ({ by, emoji: random.pick(REACTIONS) })),
			pinned: random.next() < PIN
		};
	});
}

/** How long ago each was written, longest first: by day more than by night, in bursts, up to the last hours. */
function timesOf(count: number, random: Random): number[] {
	const begins = DAY_MS + random.next() * (SPAN_MS - 2 * DAY_MS);
	const longest = count > 1_000 ? SPAN_MS - DAY_MS : begins;
	const times: number[] = [];
	while (times.length < count) {
		const at = random.next() * longest;
		const burst = 1 + Math.floor(random.next() * 5);
		for (let n = 0; n < burst && times.length < count; n++)
			times.push(Math.max(60_000, Math.round(at - n * (20_000 + random.next() * 100_000))));
	}
	return times.sort((a, b) => b - a);
}

const fill = (phrase: string, random: Random): string => {
	const filled = phrase.replace(/\{(\w+)\}/g, (_, name: string) => random.pick(WORDS[name] ?? []));
	return filled.charAt(0).toUpperCase() + filled.slice(1);
};
