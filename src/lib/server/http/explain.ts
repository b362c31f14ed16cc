/** What a schema found wrong, as a sentence for the person who filled the form in. */
import type { core } from 'zod';
import { Problem } from './problem';

/** How many of the things that are wrong the answer tells of. */
const DETAILS_MAX = 20;

/** The first thing wrong, as the answer 400; the others are in its details. */
export function problemOf(issues: readonly core.$ZodIssue[]): Problem {
	const issue = issues[0];
	const field = issue?.path[0];
	const message = issue ? explain(issue) : 'This request is not right.';
	const details = issues
		.slice(0, DETAILS_MAX)
		.map((each) => ({ path: each.path.map(String).join('.'), message: explain(each) }));
	return new Problem(400, 'invalid', message, field === undefined ? undefined : String(field), { details });
}

function explain(issue: core.$ZodIssue): string {
	const what = issue.path.length > 0 ? 'This' : 'The request';
	switch (issue.code) {
		case 'too_small':
			if (isOfNumber(issue)) return `Too small. Use at least ${issue.minimum}.`;
			return issue.origin === 'string'
				? tooShort(lengthOf(issue.input), Number(issue.minimum))
				: `${what} holds too few.`;
		case 'too_big':
			if (isOfNumber(issue)) return `Too large. Use at most ${issue.maximum}.`;
			return issue.origin === 'string'
				? tooLong(lengthOf(issue.input), Number(issue.maximum))
				: `Too many. At most ${issue.maximum} fit.`;
		case 'invalid_type':
			return issue.input === undefined
				? `${what} is missing. Fill it in.`
				: `${what} is not ${article(nounOf(issue.expected))}.`;
		case 'invalid_value':
			return `${what} must be one of: ${issue.values.join(', ')}.`;
		case 'invalid_format':
			if (issue.format === 'email') return 'This is not an email address.';
			if (issue.format === 'url') return 'This is not an address of the web.';
			return `${what} ${withStop(issue.message)}`;
		case 'custom':
			return `${what} ${withStop(issue.message)}`;
		default:
			return `${what} is not right.`;
	}
}

const isOfNumber = ({ origin }: { readonly origin: string }): boolean =>
	origin === 'number' || origin === 'int';
const nounOf = (expected: string): string => (expected === 'int' ? 'whole number' : expected);
const lengthOf = (input: unknown): number => (typeof input === 'string' ? input.length : 0);
const characters = (count: number): string => (count === 1 ? '1 character' : `${count} characters`);
const article = (noun: string): string => (/^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`);
const withStop = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

const tooShort = (length: number, min: number): string =>
	length === 0
		? 'This is empty. Fill it in.'
		: `Too short by ${min - length}. Use at least ${characters(min)}.`;

const tooLong = (length: number, max: number): string =>
	`Too long by ${length - max}. Use at most ${characters(max)}.`;
