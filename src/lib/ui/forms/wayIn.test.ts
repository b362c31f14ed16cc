import { describe, expect, it } from 'vitest';
import { safeNext } from './safeNext';
import { wayIn } from './wayIn';

const origin = 'https://skein.example';

describe('people who are not logged in', () => {
	it('are told at the front what this is', () => {
		expect(wayIn(new URL(origin))).toBe('/welcome');
	});

	it.each(['/c/d-a-b?m=0.7.1', '/account/settings', '/queued'])('come to %s after the login', (path) => {
		const way = new URL(wayIn(new URL(path, origin)), origin);
		expect(way.pathname).toBe('/login');
		expect(safeNext(way.searchParams.get('next'), origin)).toBe(path);
	});
});
