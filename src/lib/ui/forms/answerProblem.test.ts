import { describe, expect, it } from 'vitest';
import { answerProblem } from './answerProblem';
import { speak, text } from '../text';
import { later } from '../text/de/later';

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

describe('what the server refuses', () => {
	const refused = (code: string) => answerProblem({ status: 403, code, message: 'the server’s' }, []).message;

	it('is said in the words of the catalogue, by its code', () => {
		expect(refused('suspended')).toBe(text.refused.suspended);
		expect(refused('by_invitation')).toBe(text.refused.by_invitation);
		expect(refused('wrong_password')).toBe(text.security.problem.wrongPassword);
	});

	it('is said as the server says it where the catalogue knows no better and the page is in English', async () => {
		expect(refused('from_a_later_server')).toBe('the server’s');
		await speak('de');
		expect(refused('from_a_later_server')).toBe(later.entry.problem.refused);
		expect(refused('suspended')).toBe(later.refused.suspended);
		await speak('en');
	});
});
