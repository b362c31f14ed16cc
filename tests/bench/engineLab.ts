/** What the rows of the engine's benchmark share, made when a row first asks for it: histories, filled profiles, the app. */
import { build } from '../../scripts/prepare.mjs';
import { fillPlan, historySet, type HistorySet } from './histories';
import { openBenchLab, type BenchLab } from './benchLab';
import { RelayProcess } from '../kit/relayProcess';
import type { EngineOptions } from './engine';
import type { FilledSet } from './openings';
import type { Profile } from '../kit/profile';

export interface ListSet {
	readonly set: HistorySet;
	readonly profile: Profile;
}

export interface EngineLab {
	readonly lab: BenchLab;
	readonly bytesSet: HistorySet;
	readonly tell: (line: string) => void;
	/** One profile for each size, smallest first. */
	filled(): Promise<readonly FilledSet[]>;
	list(): Promise<ListSet>;
	/** The built app with its relay. */
	relay(): Promise<RelayProcess>;
	close(): Promise<void>;
}

/** The documents of larger histories take minutes and gigabytes to make and to open. */
const NAIVE_MESSAGES_MAX = 100_000;
const BYTES_MESSAGES = 10_000;
const LIST_MESSAGES = 20;

export async function openEngineLab({ sizes, list: listed, built }: EngineOptions): Promise<EngineLab> {
	const tell = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
	const sets = sizes
		.toSorted((a, b) => a - b)
		.map((messages) => ({
			size: messages,
			set: historySet(`m${messages}`, {
				conversations: 1,
				messages,
				beside: Math.max(...sizes) - messages,
				naive: messages <= NAIVE_MESSAGES_MAX
			})
		}));
	const listSet = historySet('list', { conversations: listed, messages: LIST_MESSAGES, naive: true });
	const bytesSet = historySet('bytes', { conversations: 1, messages: BYTES_MESSAGES, naive: true });
	let started: RelayProcess | undefined;
	const lab = await openBenchLab([...sets.map(({ set }) => set), listSet, bytesSet], () => started?.port);

	async function fill(set: HistorySet): Promise<Profile> {
		tell(`filling ${set.name}`);
		return lab.fill(fillPlan(set));
	}

	async function fillSizes(): Promise<FilledSet[]> {
		const filled: FilledSet[] = [];
		for (const { size, set } of sets) filled.push({ size, set, profile: await fill(set) });
		return filled;
	}

	async function startRelay(): Promise<RelayProcess> {
		if (!built) await build();
		return (started = await RelayProcess.start());
	}

	return {
		lab,
		bytesSet,
		tell,
		filled: once(fillSizes),
		list: once(async () => ({ set: listSet, profile: await fill(listSet) })),
		relay: once(startRelay),
		async close() {
			await lab.close();
			await started?.dispose();
		}
	};
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return () => (made ??= make());
}
