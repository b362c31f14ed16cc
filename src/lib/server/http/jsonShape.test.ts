import { expect, it } from 'vitest';
import { isBeyond } from './jsonShape';

it.each([
	['[]', 1, 0],
	['[[],[]]', 2, 1],
	['{"a":{"b":[1]}}', 3, 0],
	['[{"a":[]},{"a":[]}]', 3, 1],
	['["[[[{{{,,,"]', 1, 0],
	['["\\"[[[,","\\\\",[]]', 2, 2],
	['["é[ſ\\u005b",[]]', 2, 1],
	['{"a":1,"b":[1,2,3]}', 2, 3],
	['"["', 0, 0]
])('%s lies %i deep and has %i commas', (text, depth, commas) => {
	JSON.parse(text);
	const beyond = (depth: number, commas: number) =>
		isBeyond(new TextEncoder().encode(text), { depth, commas });
	expect(beyond(depth, commas)).toBe(false);
	expect([beyond(depth - 1, commas), beyond(depth, commas - 1)]).toEqual([true, true]);
});
