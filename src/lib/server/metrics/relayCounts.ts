/**
 * What the relay counts, as Prometheus reads it. The relay's calls only add up: names, texts and labels are made when
 * somebody asks.
 */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { RelayMeters, RelayStats } from '../relayPort';

const COUNTERS: Readonly<Record<string, readonly [name: string, help: string]>> = {
	bytesIn: ['received_bytes', 'Bytes of messages that came in on sockets'],
	framesIn: ['received_frames', 'Messages that came in on sockets'],
	bytesOut: ['sent_bytes', 'Bytes of messages that went out on sockets'],
	framesOut: ['sent_frames', 'Messages that went out on sockets'],
	commits: ['commits', 'Commits that succeeded'],
	updates: ['committed_updates', 'Updates in commits that succeeded'],
	commitsFailed: ['commits_failed', 'Commits that failed'],
	gaps: ['gap_frames', 'Frames dropped and asked for again, since something before them was missing'],
	resyncs: ['resyncs', 'Channels brought up to date from the document, since their reader was slow'],
	compactions: ['compactions', 'Rooms rewritten on disk'],
	evictions: ['evictions', 'Rooms that left memory'],
	quarantined: ['quarantined_updates', 'Stored updates put aside, since they cannot be read'],
	socketErrors: ['socket_errors', 'Connections that broke, or on which came what is no WebSocket’s'],
	pokes: ['feed_pokes', 'Words on links of what has changed']
};

const GAUGES: Readonly<Record<keyof RelayStats, string>> = {
	rooms: 'Rooms in memory',
	sockets: 'Open sockets',
	links: 'Open sockets that carry many rooms',
	channels: 'Rooms open on links, and sockets of one room',
	users: 'Users whose budgets are remembered',
	openBytes: 'Bytes of the rooms that somebody has open, and of their channels',
	queuedBytes: 'Bytes that wait for slow readers'
};

/** Of commits: from what a disk with its own battery takes to what a person notices. */
const COMMIT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
/** Texts of reasons that are told apart: there are a few dozen. */
const REASONS_MAX = 100;

const gaugeName = (key: string): string =>
	`skein_relay_${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;

export class RelayCounts implements RelayMeters {
	readonly #counts: Record<string, number> = {};
	readonly #reasons = new Set<string>();
	readonly #refusals: Counter<'code' | 'reason'>;
	readonly #pauses: Counter<'budget'>;
	readonly #commits: Histogram;
	/** Seconds by kind of frame. */
	readonly #slowest = new Map<string, number>();

	/** `stats` says how things stand; undefined if the relay runs elsewhere. */
	constructor(registry: Registry, stats: () => RelayStats | undefined) {
		const registers = [registry];
		const counts = this.#counts;
		for (const [key, [name, help]] of Object.entries(COUNTERS)) {
			new Counter({
				name: `skein_relay_${name}_total`,
				help,
				registers,
				collect() {
					this.reset();
					this.inc(counts[key] ?? 0);
				}
			});
		}
		for (const [key, help] of Object.entries(GAUGES)) {
			new Gauge({
				name: gaugeName(key),
				help,
				registers,
				collect() {
					this.set(stats()?.[key as keyof RelayStats] ?? 0);
				}
			});
		}
		this.#refusals = new Counter({
			name: 'skein_relay_refusals_total',
			help: 'Sockets and channels that the relay closed, by code and reason',
			labelNames: ['code', 'reason'],
			registers
		});
		this.#pauses = new Counter({
			name: 'skein_relay_pauses_total',
			help: 'Times that a socket was not read for a while, by the budget that its user had spent',
			labelNames: ['budget'],
			registers
		});
		this.#commits = new Histogram({
			name: 'skein_relay_commit_seconds',
			help: 'How long the store takes for a commit',
			buckets: COMMIT_SECONDS,
			registers
		});
		const slowest = this.#slowest;
		new Gauge({
			name: 'skein_relay_slowest_frame_seconds',
			help: 'The longest that a frame has taken to be judged and applied since the start, by its kind',
			labelNames: ['kind'],
			registers,
			collect() {
				for (const [kind, seconds] of slowest) this.set({ kind }, seconds);
			}
		});
	}

	count(what: string, by = 1): void {
		this.#counts[what] = (this.#counts[what] ?? 0) + by;
	}

	refused(code: number, reason: string): void {
		this.#refusals.inc({ code: String(code), reason: this.#classOf(reason) });
	}

	paused(budget: string): void {
		this.#pauses.inc({ budget });
	}

	commitTook(seconds: number): void {
		this.#commits.observe(seconds);
	}

	frameTook({ kind, seconds }: { readonly kind: string; readonly seconds: number }): void {
		if (seconds > (this.#slowest.get(kind) ?? 0)) this.#slowest.set(kind, seconds);
	}

	/** Numbers tell one refusal from another of the same reason. */
	#classOf(reason: string): string {
		const text = reason.replace(/\d+/g, 'N');
		if (this.#reasons.size < REASONS_MAX) this.#reasons.add(text);
		return this.#reasons.has(text) ? text : 'other';
	}
}
