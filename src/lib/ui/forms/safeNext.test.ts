import { describe, expect, it } from 'vitest';
import { safeNext } from './safeNext';

const origin = 'https://skein.example';

describe('the way on after logging in', () => {
	it.each(['/c/d-a-b', '/', '/c/1?x=2#y'])('stays at %s', (path) => {
		expect(safeNext(path, origin)).toBe(path);
	});

	it.each([
		null,
		'',
		'c/1',
		'//evil.example',
		'/\\evil.example',
		'https://evil.example/',
		'javascript:alert(1)',
		'/\t/evil.example'
	])('is the front page for %j', (path) => {
		expect(safeNext(path, origin)).toBe('/');
	});
});
