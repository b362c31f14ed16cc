/**
 * Takes what a list shows, made anew, and gives each item as the object that it was while it says the same, and all of
 * them as the array that it was while none has changed or moved: of a long list only what did change is drawn again.
 */
export function createKeptItems<Item extends { readonly id: string }>() {
	let held = new Map<string, { readonly item: Item; readonly content: string }>();
	let items: readonly Item[] = [];

	return function kept(fresh: readonly Item[]): readonly Item[] {
		const next: typeof held = new Map();
		for (const item of fresh) {
			const content = JSON.stringify(item);
			const before = held.get(item.id);
			next.set(item.id, before?.content === content ? before : { item, content });
		}
		held = next;
		const now = [...next.values()].map(({ item }) => item);
		if (now.length !== items.length || now.some((item, i) => item !== items[i])) items = now;
		return items;
	};
}
