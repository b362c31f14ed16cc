import { expect, it } from 'vitest';
import { createForgotten } from './forgotten';
import type { ConversationId } from '../domain/ids';
import type { Link } from './link';
import type { Summary } from './summaries';

const [ONE, TWO] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'] as const;

function setup(summary: Partial<Summary> = { made: true, complete: false }) {
	const listed = new Map<ConversationId, never>();
	const left = new Set<ConversationId>();
	const all = new Map<ConversationId, Summary>([[ONE, summary as Summary]]);
	const brought: ConversationId[][] = [];
	const link = { status: 'online' as Link['status'] };
	const forgotten = createForgotten({
		directory: {
			known: true,
			isTold: true,
			left,
			current: { conversations: listed, asked: new Map(), blocked: new Map() }
		},
		summaries: { get: (id) => all.get(id), all },
		link,
		bringUp: (ids) => void brought.push([...ids])
	});
	return {
		forgotten,
		listed,
		left,
		brought,
		go(status: Link['status']) {
			link.status = status;
			forgotten.follow();
		}
	};
}

it('what the server has told of and lists no more is forgotten, unless the user was put out', () => {
	const { forgotten, listed, left } = setup();
	expect(forgotten.all).toEqual([ONE]);
	expect(forgotten.has(TWO)).toBe(false);
	listed.set(ONE, undefined as never);
	expect(forgotten.all).toEqual([]);
	listed.delete(ONE);
	left.add(ONE);
	expect(forgotten.all).toEqual([]);
});

it('what the server never told of is not, nor what the user was put out of as an earlier server said', () => {
	expect(setup({ made: false, complete: true }).forgotten.all).toEqual([]);
	expect(setup({ made: true, complete: true, left: true }).forgotten.all).toEqual([]);
	// An older version has kept it.
	expect(setup({ complete: true }).forgotten.all).toEqual([ONE]);
	expect(setup({ complete: false }).forgotten.all).toEqual([]);
});

it('each is asked for once, brought up when it is there again, and asked for when it is forgotten again', () => {
	const { forgotten, listed, brought, go } = setup();
	forgotten.follow();
	forgotten.follow();
	expect(brought).toEqual([[ONE]]);
	go('offline');
	expect(brought).toHaveLength(1);
	go('online');
	expect(brought).toHaveLength(1);
	listed.set(ONE, undefined as never);
	forgotten.follow();
	forgotten.follow();
	expect(brought).toEqual([[ONE], [ONE]]);
	listed.delete(ONE);
	forgotten.follow();
	expect(brought).toHaveLength(3);
});
