/** The generated documents by URL, made when they are asked for, and how a profile is filled with them. */
import * as Y from 'yjs';
import { directoryRoom, homeRoom, infoRoom, segmentRoom } from '../../src/lib/protocol/rooms';
import { mintUuid } from '../../src/lib/domain/ids';
import { people, READER, saidIn, type HistoryPlan } from './historyPlan';
import {
	segmentCount,
	writeDirectory,
	writeHome,
	writeInfo,
	writeSegment,
	type KeptDocument
} from './historySkein';
import { writeNaive, writeNaiveMessages } from './historyNaive';
import type { FillDatabase, FillPlan } from './pages/fill';
import type { Served } from './front';
import type { Summary } from '../../src/lib/sync/summaries';

/** What one profile holds. */
export interface HistorySet {
	readonly name: string;
	readonly conversations: readonly HistoryPlan[];
	/** One more that is there and never opened, so that profiles of all sizes have as many databases. */
	readonly beside: HistoryPlan | undefined;
	/** The naive documents too; those of a million messages take more memory than a machine of this class gives. */
	readonly naive: boolean;
}

const START_MS = 1_700_000_000_000;

export interface HistorySetOptions {
	readonly conversations: number;
	/** In each. */
	readonly messages: number;
	/** Of one more conversation that is not opened; none by default. */
	readonly beside?: number;
	readonly naive: boolean;
}

export function historySet(
	name: string,
	{ conversations, messages, beside = 0, naive }: HistorySetOptions
): HistorySet {
	const plan = (i: number, count: number): HistoryPlan => ({
		conversation: mintUuid(START_MS + i, (length) =>
			new Uint8Array(length).map((_, at) => (i >> (8 * (at % 4))) & 255)
		),
		seed: 1 + i,
		messages: count,
		people,
		startMs: START_MS + i * 60_000
	});
	return {
		name,
		naive,
		conversations: Array.from({ length: conversations }, (_, i) => plan(i, messages)),
		beside: beside > 0 ? plan(conversations, beside) : undefined
	};
}

const plansOf = ({ conversations, beside }: HistorySet): readonly HistoryPlan[] =>
	beside ? [...conversations, beside] : conversations;

export const naiveName = (plan: HistoryPlan): string => `naive:${plan.conversation}`;
/** The database of the segment that is shown first. */
export const liveName = (plan: HistoryPlan): string =>
	`skein:${READER}:${segmentRoom(plan.conversation, segmentCount(plan) - 1)}`;
export const naiveMoreUrl = ({ name }: HistorySet, count: number): string =>
	`/bench/data/${name}/more/${count}`;

/** Every database of the set, and where its content is served. */
export function fillPlan(set: HistorySet, only?: 'skein' | 'naive'): FillPlan {
	const at = (...path: (string | number)[]): string => `/bench/data/${[set.name, ...path].join('/')}`;
	const kept = (room: string, url: string): FillDatabase => ({ name: `skein:${READER}:${room}`, url, room });
	const plans = plansOf(set);
	const databases = plans.flatMap((plan, i) => [
		kept(infoRoom(plan.conversation), at('info', i)),
		...Array.from({ length: segmentCount(plan) }, (_, n) =>
			kept(segmentRoom(plan.conversation, n), at('segment', i, n))
		),
		...(set.naive && plan !== set.beside ? [{ name: naiveName(plan), url: at('naive', i) }] : [])
	]);
	databases.push(kept(directoryRoom(READER), at('directory')), kept(homeRoom(READER), at('home')));
	const values = plans.map((plan, i) => ['summaries', plan.conversation, summary(plan, i)] as const);
	if (only === 'naive') return { databases: databases.filter(({ name }) => name.startsWith('naive:')) };
	if (only === 'skein') return { databases: databases.filter(({ name }) => name.includes(':c/')) };
	return { databases, local: { name: `skein:${READER}`, values } };
}

/** As the device would have noted it. */
function summary(plan: HistoryPlan, i: number): Summary {
	const last = [...saidIn(plan, plan.messages - 1, plan.messages)][0]!;
	return {
		kind: 'group',
		name: nameOf(i),
		swatch: [nameOf(i), people[1]!.displayName],
		last: {
			author: last.author.id,
			authorName: last.author.displayName,
			text: last.text.slice(0, 160),
			at: last.ms,
			deleted: false
		},
		at: last.ms,
		unread: [],
		unreadCount: 0,
		lateCount: 0,
		unsent: 0,
		unsentSegments: [],
		live: segmentCount(plan) - 1,
		complete: true
	};
}

const nameOf = (i: number): string => `Wool ${i + 1}`;

/** Answers `/bench/data/…` for these sets. */
export function serveHistories(sets: readonly HistorySet[]): (path: string) => Served | undefined {
	const naive = new Map<HistoryPlan, Uint8Array>();
	const naiveOf = (plan: HistoryPlan): Uint8Array => {
		const bytes = naive.get(plan) ?? writeNaive(plan);
		naive.set(plan, bytes);
		return bytes;
	};
	return (path) => {
		const [, name, type, i = '0', n = '0'] = path.split('/');
		const set = sets.find((each) => each.name === name);
		if (!set) return undefined;
		const plan = plansOf(set)[Number(i)];
		if (type === 'directory') return served(writeDirectory(plansOf(set)));
		if (type === 'home') return served(writeHome(plansOf(set)));
		if (type === 'more')
			return bytes(moreNaive(set.conversations[0]!, naiveOf(set.conversations[0]!), Number(i)));
		if (!plan) return undefined;
		if (type === 'info') return served(writeInfo(plan, nameOf(Number(i))));
		if (type === 'segment') return served(writeSegment(plan, Number(n)));
		if (type === 'naive') return served({ update: naiveOf(plan), acked: new Map() });
		return undefined;
	};
}

/** What `count` further messages add to the naive document. */
function moreNaive(plan: HistoryPlan, before: Uint8Array, count: number): Uint8Array {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, before);
	const vector = Y.encodeStateVector(doc);
	writeNaiveMessages(doc, plan, plan.messages, plan.messages + count);
	return Y.encodeStateAsUpdate(doc, vector);
}

const bytes = (body: Uint8Array): Served => ({ type: 'application/octet-stream', body });

const served = ({ update, acked }: KeptDocument): Served =>
	bytes(Buffer.concat([Buffer.from(`${JSON.stringify([...acked])}\n`), update]));
