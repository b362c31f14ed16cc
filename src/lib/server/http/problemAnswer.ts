import { json } from '@sveltejs/kit';
import type { Problem } from './problem';

/** The answer that tells of a problem. */
export function problemAnswer({ status, answer, retryAfterS }: Problem): Response {
	const headers: Record<string, string> =
		retryAfterS === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterS)) };
	return json(answer, { status, headers });
}
