import { expect, it } from 'vitest';
import copy from 'lucide/dist/esm/icons/copy.mjs';
import ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs';
import { pathOf, type IconShapes } from './iconPath';
import x from 'lucide/dist/esm/icons/x.mjs';

it('paths are drawn one behind the other, each from the corner of the field as by itself', () => {
	expect(pathOf(x)).toBe('M0 0M18 6 6 18M0 0m6 6 12 12');
});

it('a circle is drawn as two halves from its left', () => {
	expect(pathOf(ellipsis.slice(0, 1))).toBe('M12 12m-1 0a1 1 0 1 0 2 0a1 1 0 1 0 -2 0');
});

it('a rectangle is drawn around, with its corners', () => {
	const box = copy.filter(([tag]) => tag === 'rect');
	expect(pathOf(box)).toBe(
		'M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-10a2 2 0 0 1 2 -2z'
	);
});

it('of all icons that are shown each shape has an outline', () => {
	const used = import.meta.glob<string>('/src/**/*.svelte', {
		query: '?raw',
		import: 'default',
		eager: true
	});
	const names = new Set(
		Object.values(used).flatMap((text) =>
			[...text.matchAll(/lucide\/dist\/esm\/icons\/([a-z0-9-]+)/g)].map(([, name]) => name)
		)
	);
	const icons = import.meta.glob<IconShapes>('/node_modules/lucide/dist/esm/icons/*.mjs', {
		import: 'default'
	});
	expect(names.size).toBeGreaterThan(20);
	return Promise.all(
		[...names].map(async (name) => {
			const shapes = await icons[`/node_modules/lucide/dist/esm/icons/${name}.mjs`]!();
			expect(pathOf(shapes), name).not.toMatch(/NaN|undefined/);
		})
	);
});

it('a shape that we draw none of is an error, not a hole', () => {
	expect(() => pathOf([['ellipse', {}]])).toThrow('<ellipse>');
});
