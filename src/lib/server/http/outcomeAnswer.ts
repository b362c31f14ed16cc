/** Writes what a route answers, by what it has declared to answer: nothing else leaves. */
import { json } from '@sveltejs/kit';
import { NOTHING, type AnySpec } from './routeSpec';
import type { Outcome } from '../commands/commandLog';

export interface Answered extends Outcome {
	readonly headers?: Readonly<Record<string, string>>;
}

/** Throws if the route has not declared such an answer: a fault of ours, which the client hears as a 500. */
export function outcomeAnswer(given: Answered | Response, { answers }: Pick<AnySpec, 'answers'>): Response {
	if (given instanceof Response) {
		if (!(given.status in answers)) throw new Error(`the answer ${given.status} is not declared`);
		return given;
	}
	const { status, answer, secret, headers } = given;
	// Kept refusals of commands come this way too.
	if (status >= 400) return json(answer, { status, headers });
	const schema = answers[status];
	if (schema === NOTHING) return new Response(null, { status, headers });
	if (schema === undefined || typeof schema === 'string')
		throw new Error(`the answer ${status} is not declared as JSON`);
	return json(schema.parse({ ...answer, ...secret }), { status, headers });
}
