import { describe, expect, it } from 'vitest';
import { passwordProblem, usernameProblem } from './accountChecks';

describe('a username', () => {
	it.each(['marit.solheim', 'Ngọc', 'ليلى', 'a-b', ' edda '])('may be %j', (name) => {
		expect(usernameProblem(name)).toBeUndefined();
	});

	it.each(['', '  ', 'ab', 'x'.repeat(33), 'two words', 'a/b', 'a@b'])('may not be %j', (name) => {
		expect(usernameProblem(name)).toBeTypeOf('string');
	});
});

describe('a password', () => {
	it('has 8 to 256 characters', () => {
		expect(passwordProblem('x'.repeat(7))).toMatch('Too short by 1');
		expect(passwordProblem('x'.repeat(8))).toBeUndefined();
		expect(passwordProblem('x'.repeat(256))).toBeUndefined();
		expect(passwordProblem('x'.repeat(257))).toMatch('Too long by 1');
	});
});
