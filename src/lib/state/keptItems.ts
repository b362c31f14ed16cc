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
			const before = held.get(item.id);
			const content = before?.item === item ? before.content : JSON.stringify(item);
			next.set(item.id, before?.content === content ? before : { item, content });
		}
		held = next;
		const now = [...next.values()].map(({ item }) => item);
		if (now.length !== items.length || now.some((item, i) => item !== items[i])) items = now;
		return items;
	};
}

/**
 * Gives under an id what `make` made of these values, which is called again only once one of them is another: of a
 * thousand items a key that is typed changes one.
 */
export function createMadeItems<Item>() {
	const made = new Map<string, { readonly item: Item; readonly from: readonly unknown[] }>();

	return function madeOf(id: string, from: readonly unknown[], make: () => Item): Item {
		const before = made.get(id);
		if (before?.from.every((value, i) => value === from[i])) return before.item;
		const item = make();
		made.set(id, { item, from });
		return item;
	};
}
