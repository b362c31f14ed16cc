/** What is asked of a node of the page. */
interface Place<N> {
	readonly isConnected: boolean;
	contains(other: N | null): boolean;
}
/** A `MutationRecord`, as far as it tells of what was taken off the page. */
interface Change<N> {
	readonly target: N;
	readonly removedNodes: Iterable<N>;
	readonly nextSibling: N | null;
	readonly previousSibling: N | null;
}

/** The gap that something left: all of what went with it, and what stands around that. */
export interface Removal<N> {
	readonly removed: N;
	readonly parent: N;
	readonly next: N | null;
	readonly previous: N | null;
}

/**
 * Where `lost` stood, as far as its surroundings are still there: a row may go first and the list around it after. Undefined
 * if these changes did not take it, or took the whole page around it.
 */
export function removalOf<N extends Place<N>>(
	lost: N,
	changes: readonly Change<N>[]
): Removal<N> | undefined {
	let gone = lost;
	for (const { target, removedNodes, nextSibling, previousSibling } of changes) {
		const removed = [...removedNodes].find((node) => node.contains(gone));
		if (!removed) continue;
		if (target.isConnected) return { removed, parent: target, next: nextSibling, previous: previousSibling };
		gone = target;
	}
	return undefined;
}
