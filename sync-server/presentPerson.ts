/**
 * What one person's devices say of them together, and what of it others are told. Invariant: others are told no more
 * often than {@link CHANGES} allows, however many devices say whatever how often; what they are told then is how things
 * stand.
 */
import { TokenBucket, type Rate } from './tokenBucket';
import type { ConversationId } from '../src/lib/domain/ids';
import type { PresenceReport, PresenceState } from '../src/lib/protocol/presenceWords';
import type { Timers } from './timers';

export interface PersonOptions {
	readonly timers: Timers;
	/** Milliseconds of a clock that never goes back. */
	readonly elapsedMs: () => number;
	/** Something that others see has changed: the state, or whether the person writes in these conversations. */
	readonly onChange: (change: {
		readonly state: boolean;
		readonly writing: ReadonlySet<ConversationId>;
	}) => void;
}

/** Times that others are told of a person: more than somebody comes, goes and begins to write. */
const CHANGES: Rate = { perSecond: 1, burst: 20 };

export class PresentPerson {
	readonly #options: PersonOptions;
	readonly #changes: TokenBucket;
	/** How many devices say so. */
	readonly #states: Record<PresenceState, number> = { gone: 0, away: 0, here: 0 };
	readonly #writing = new Map<ConversationId, number>();
	#told: PresenceState = 'gone';
	readonly #toldWriting = new Set<ConversationId>();
	/** Conversations in which they began or ceased to write since others were told. */
	readonly #changed = new Set<ConversationId>();
	#isWaiting = false;

	constructor(options: PersonOptions) {
		this.#options = options;
		this.#changes = new TokenBucket(CHANGES, options.elapsedMs());
	}

	/** As others are told. Of several devices the nearest state counts. */
	get state(): PresenceState {
		return this.#told;
	}

	/** As others are told. */
	writesIn(conversation: ConversationId): boolean {
		return this.#toldWriting.has(conversation);
	}

	/** There is something that others are still to be told. */
	get isWaiting(): boolean {
		return this.#isWaiting;
	}

	/** One of their devices says something else than before; undefined: nothing. */
	reported(before: PresenceReport | undefined, now: PresenceReport | undefined): void {
		if (before) this.#states[before.presence] -= 1;
		if (now) this.#states[now.presence] += 1;
		if (before?.writingIn !== now?.writingIn) {
			this.#count(before?.writingIn, -1);
			this.#count(now?.writingIn, 1);
		}
		this.#tell();
	}

	#count(conversation: ConversationId | undefined, by: number): void {
		if (conversation === undefined) return;
		const count = (this.#writing.get(conversation) ?? 0) + by;
		if (count > 0) this.#writing.set(conversation, count);
		else this.#writing.delete(conversation);
		this.#changed.add(conversation);
	}

	#tell(): void {
		if (this.#isWaiting) return;
		const { elapsedMs, timers, onChange } = this.#options;
		const writing = new Set(
			[...this.#changed].filter((each) => this.#writing.has(each) !== this.writesIn(each))
		);
		const state = this.#states.here > 0 ? 'here' : this.#states.away > 0 ? 'away' : 'gone';
		const isOther = state !== this.#told;
		if (!isOther && writing.size === 0) return this.#changed.clear();
		const owedMs = this.#changes.spend(0, elapsedMs());
		if (owedMs > 0) {
			this.#isWaiting = true;
			timers.after(Math.ceil(owedMs), () => {
				this.#isWaiting = false;
				this.#tell();
			});
			return;
		}
		this.#changes.spend(1, elapsedMs());
		this.#changed.clear();
		this.#told = state;
		for (const each of writing) {
			if (this.#writing.has(each)) this.#toldWriting.add(each);
			else this.#toldWriting.delete(each);
		}
		onChange({ state: isOther, writing });
	}
}
