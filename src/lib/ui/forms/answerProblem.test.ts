import { describe, expect, it } from 'vitest';
import { answerProblem } from './answerProblem';

const tooOften = (retryAfterS?: number) =>
	answerProblem(
		{
			status: 429,
			code: 'too_often',
			message: 'the server’s',
			...(retryAfterS !== undefined && { retryAfterS })
		},
		['username']
	);

describe('what was asked for too often', () => {
	it.each([
		[1, 'in 1 second'],
		[41.2, 'in 42 seconds'],
		[91, 'in 2 minutes'],
		[120, 'in 2 minutes'],
		[3_600, 'in 60 minutes'],
		[5_401, 'in 2 hours']
	])('says when it may be tried again: after %d s, %s', (retryAfterS, when) => {
		expect(tooOften(retryAfterS)).toEqual({
			field: undefined,
			message: `Too many tries. Try again ${when}.`
		});
	});

	it('asks for patience where the server does not say how much', () => {
		expect(tooOften().message).toBe('Too many tries. Try again a little later.');
	});
});
