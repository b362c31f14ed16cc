import { expect, it } from 'vitest';
import { nestsBeyond } from './jsonDepth';

it.each([
	['[]', 1],
	['[[],[]]', 2],
	['{"a":{"b":[1]}}', 3],
	['[{"a":[]},{"a":[]}]', 3],
	['["[[[{{{"]', 1],
	['["\\"[[[","\\\\",[]]', 2],
	['["é[ſ\\u005b",[]]', 2],
	['"["', 0]
])('%s lies %i deep', (text, depth) => {
	JSON.parse(text);
	const beyond = (max: number) => nestsBeyond(new TextEncoder().encode(text), max);
	expect([beyond(depth), beyond(depth - 1)]).toEqual([false, true]);
});
