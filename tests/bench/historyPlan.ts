/**
 * What a generated history says, before it is written in any format: who said what and when, the same for the same
 * seed and for every arm. Each message can be made without the ones before it.
 */
import { seededRandom, type Random } from '../load/seededRandom';
import type { ConversationId, UserId } from '../../src/lib/domain/ids';
import type { Person } from '../../src/lib/domain/people';

export interface HistoryPlan {
	readonly conversation: ConversationId;
	readonly seed: number;
	readonly messages: number;
	readonly people: readonly Person[];
	/** Milliseconds since 1970 of the first message. */
	readonly startMs: number;
}

export interface Said {
	/** Place in the history, from 0. */
	readonly at: number;
	readonly author: Person;
	/** Which of the author's page loads wrote it: a Yjs client each. */
	readonly client: number;
	readonly text: string;
	readonly ms: number;
	/** Place of the message that it answers. */
	readonly replyTo: number | undefined;
	/** Who reacted with an emoji, if anyone. */
	readonly reactedBy: Person | undefined;
}

/** The reader, whose device is measured. Has written his share. */
export const READER: UserId = 'benchreaderaaaaa';

/** Time between two messages. */
const STEP_MS = 20_000;
/** Messages that one page load of an author falls into. */
const PAGE_LOAD_MESSAGES = 500;
const REPLY_SHARE = 0.12;
const REACTION_SHARE = 0.06;

const SYLLABLES = 'ka lo mi ren ta vu sol ne pri da gan to wel is ur fem bo chi'.split(' ');

export const people: readonly Person[] = [
	{ id: READER, username: 'reader', displayName: 'Reader' },
	...['ada', 'bo', 'cleo', 'dag', 'edith', 'fritz', 'gerd'].map((name) => ({
		id: `bench${name}`.padEnd(16, 'b'),
		username: name,
		displayName: name.charAt(0).toUpperCase() + name.slice(1)
	}))
];

/** When the message at this place was written. */
export const msOf = ({ startMs }: HistoryPlan, at: number): number => startMs + at * STEP_MS;

/** The messages of places `from` to `to` (without it), in order. */
export function* saidIn(plan: HistoryPlan, from: number, to: number): Generator<Said> {
	for (let at = from; at < to; at++) {
		const random = seededRandom(plan.seed ^ Math.imul(at + 1, 0x9e3779b1));
		const author = random.pick(plan.people);
		const replies = random.next() < REPLY_SHARE && at > from;
		yield {
			at,
			author,
			client: clientOf(plan, author, at),
			text: text(random),
			ms: msOf(plan, at),
			replyTo: replies ? Math.max(from, at - 1 - random.below(12)) : undefined,
			reactedBy: random.next() < REACTION_SHARE ? random.pick(plan.people) : undefined
		};
	}
}

/** The client id of the page load in which this person wrote at this place. */
export function clientOf({ seed, people: all }: HistoryPlan, person: Person, at: number): number {
	const index = all.indexOf(person);
	return 1 + seededRandom(seed + Math.floor(at / PAGE_LOAD_MESSAGES) * all.length + index).below(2 ** 31);
}

/** From one word to a paragraph, most of them short, as in the chat logs that we have seen: 60 characters on average. */
function text(random: Random): string {
	const words = 1 + Math.floor(-Math.log(1 - random.next()) * 9.5);
	return Array.from({ length: Math.min(words, 200) }, () => word(random)).join(' ');
}

function word(random: Random): string {
	const syllables = 1 + random.below(3);
	return Array.from({ length: syllables }, () => random.pick(SYLLABLES)).join('');
}
