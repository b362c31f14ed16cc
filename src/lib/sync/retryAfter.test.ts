import { describe, expect, it } from 'vitest';
import { createApi } from './api';
import { readRetryAfter } from './retryAfter';

const AT = 'Fri, 31 Dec 1999 23:58:00 GMT';

describe('when something may be asked again', () => {
	it.each([
		['in seconds', { 'retry-after': '120' }, 120],
		[
			'at a date, by the clock of who says it',
			{ 'retry-after': 'Fri, 31 Dec 1999 23:59:30 GMT', date: AT },
			90
		],
		['at a date that is over', { 'retry-after': 'Fri, 31 Dec 1999 23:00:00 GMT', date: AT }, 0],
		['at a date without a clock', { 'retry-after': 'Fri, 31 Dec 1999 23:59:30 GMT' }, undefined],
		['in words', { 'retry-after': 'later', date: AT }, undefined],
		['not at all', {}, undefined]
	])('is read as it is said: %s', (_, headers, seconds) => {
		expect(readRetryAfter(new Headers(headers as Record<string, string>))).toBe(seconds);
	});

	it("comes with the refusal, be it the server's own or that of something in between", async () => {
		const answer = (body: string) =>
			createApi({
				fetch: async () => new Response(body, { status: 429, headers: { 'retry-after': '7' } })
			}).me();
		expect(await answer('{"error":{"code":"too_often","message":"Wait."}}')).toMatchObject({
			code: 'too_often',
			retryAfterS: 7
		});
		expect(await answer('<h1>Slow down</h1>')).toMatchObject({ code: 'unexpected', retryAfterS: 7 });
	});
});
