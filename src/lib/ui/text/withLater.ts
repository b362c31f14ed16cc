import { speakLater } from '.';

/**
 * The `load` of a route that reads the later words, once the root's `load` has said which language it is. Theirs and not
 * the root's: a root that does not load takes the whole app down, where a page that does not has its place in the frame.
 */
export async function withLater({ parent }: { readonly parent: () => Promise<unknown> }): Promise<void> {
	await parent();
	await speakLater();
}
