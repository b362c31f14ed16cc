import { expect, it } from 'vitest';
import { z } from 'zod';
import { problemOf } from './explain';
import { limitOf } from '../../protocol/requests/pages';

const said = (schema: z.ZodType, given: unknown) =>
	problemOf(z.object({ days: schema }).safeParse({ days: given }, { reportInput: true }).error?.issues ?? [])
		.message;

const days = z.number().int().min(1).max(366);

it.each([
	[0, 'Too small. Use at least 1.'],
	[367, 'Too large. Use at most 366.'],
	[1.5, 'This is not a whole number.'],
	['1', 'This is not a number.'],
	[null, 'This is not a number.']
])('a number that does not fit is told so: %j', (given, message) => {
	expect(said(days, given)).toBe(message);
});

it('too few and too many of something are no small and no large number', () => {
	const few = z.array(z.string()).min(1).max(2);
	expect(said(few, [])).toBe('This holds too few.');
	expect(said(few, ['a', 'b', 'c'])).toBe('Too many. At most 2 fit.');
});

it.each(['0', '201', '-1', '1.5', '1e1', '0x10', ' 5', '5 ', '', 'NaN', '9'.repeat(400)])(
	'how many a page holds is said by digits alone: %j is refused',
	(given) => {
		expect(said(limitOf(200), given)).toBe('This is no whole number from 1 to 200.');
	}
);
