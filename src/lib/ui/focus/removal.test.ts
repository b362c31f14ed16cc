import { expect, it } from 'vitest';
import { removalOf } from './removal';

/** A part of a page, as a tree that can lose its branches. */
class Part {
	parent: Part | undefined;
	readonly parts: Part[] = [];
	constructor(
		readonly name: string,
		...parts: Part[]
	) {
		for (const part of parts) {
			this.parts.push(part);
			part.parent = this;
		}
	}
	get isConnected(): boolean {
		return this.name === 'page' || this.parent?.isConnected === true;
	}
	contains(other: Part | null): boolean {
		return other === this || this.parts.some((part) => part.contains(other));
	}
	/** Takes a part off, and tells of it as the browser does. */
	lose(part: Part) {
		const at = this.parts.indexOf(part);
		const [previousSibling, nextSibling] = [this.parts[at - 1] ?? null, this.parts[at + 1] ?? null];
		this.parts.splice(at, 1);
		part.parent = undefined;
		return { target: this as Part, removedNodes: [part], previousSibling, nextSibling };
	}
}

const createPage = () => {
	const button = new Part('button');
	const rows = [new Part('first'), new Part('second', button), new Part('third')] as const;
	const list = new Part('list', ...rows);
	const heading = new Part('heading');
	const page = new Part('page', heading, list);
	return { button, rows, list, heading, page };
};

it('what stood around a row that went is what is beside it', () => {
	const { button, rows, list } = createPage();
	expect(removalOf(button, [list.lose(rows[1])])).toEqual({
		removed: rows[1],
		parent: list,
		next: rows[2],
		previous: rows[0]
	});
});

it('if the list goes behind its row, it is what is beside the list', () => {
	const { button, rows, list, heading, page } = createPage();
	const changes = [list.lose(rows[1]), page.lose(list)];
	expect(removalOf(button, changes)).toEqual({ removed: list, parent: page, next: null, previous: heading });
});

it('what was taken from elsewhere is no matter, and neither is what is gone with all around it', () => {
	const { button, rows, list } = createPage();
	expect(removalOf(button, [list.lose(rows[0])])).toBeUndefined();
	const loose = new Part('loose', new Part('row', button));
	expect(removalOf(button, [loose.lose(loose.parts[0]!)])).toBeUndefined();
});
