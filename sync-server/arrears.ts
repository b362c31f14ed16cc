/**
 * What a channel has not been sent because its reader was too slow, in few bytes: enough to bring it up to date from the
 * room's document. Invariant: an update that says everything behind `vectorOf` says all that was lost, deletes included,
 * since an update of Yjs always names every delete.
 */
import * as Y from 'yjs';
import type { VersionVector } from '../src/lib/domain/versionVector';

/** What it means that a message does not go out. */
export type Loss =
	/** `before`: how long the logs were that it lets grow. */
	| { readonly type: 'update'; readonly before: VersionVector }
	/** `vector`: what the reader has, in bytes. */
	| { readonly type: 'answer'; readonly vector: Uint8Array }
	| { readonly type: 'step1' | 'ack' | 'awareness' };

export class Arrears {
	/** For each log, the first clock that was not sent. */
	readonly #lacks = new Map<number, number>();
	/** What the reader said it has, if that was not answered. */
	#has: Map<number, number> | undefined;
	readonly #types = new Set<Loss['type']>();

	add(loss: Loss): void {
		this.#types.add(loss.type);
		if (loss.type === 'update')
			for (const [client, clock] of loss.before)
				this.#lacks.set(client, Math.min(clock, this.#lacks.get(client) ?? clock));
		else if (loss.type === 'answer') this.#joinAnswer(Y.decodeStateVector(loss.vector));
	}

	lacks(type: Loss['type']): boolean {
		return this.#types.has(type);
	}

	/** What the reader has at least of a document that holds so much. */
	vectorOf(held: VersionVector): VersionVector {
		return new Map(
			[...held].map(([client, clock]) => {
				const sent = Math.min(clock, this.#lacks.get(client) ?? clock);
				return [client, this.#has ? Math.min(sent, this.#has.get(client) ?? 0) : sent];
			})
		);
	}

	/** Of two questions the answer to both is owed. */
	#joinAnswer(vector: Map<number, number>): void {
		const before = this.#has;
		this.#has = before
			? new Map([...vector].map(([client, clock]) => [client, Math.min(clock, before.get(client) ?? 0)]))
			: vector;
	}
}
