/** Holds an answer of the server against what the OpenAPI document says of it. */
import { z } from 'zod';
import type { Content, openApiDocument, Operation } from './openApiDocument';

type Components = Pick<ReturnType<typeof openApiDocument>['components'], 'schemas' | 'responses'>;

/** What of an answer is otherwise than the document says; empty if nothing is. */
export async function otherwise(
	answer: Response,
	{ responses }: Pick<Operation, 'responses'>,
	components: Components
): Promise<readonly string[]> {
	const told = responses[answer.status];
	if (told === undefined) return [`the status ${answer.status} is not documented`];
	const { content = {} }: { readonly content?: Content } =
		'$ref' in told ? resolved(told.$ref, components) : told;
	const body = await answer.text();
	const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
	const documented = content[type];
	if (Object.keys(content).length === 0) return body === '' ? [] : ['it has a body'];
	if (documented === undefined) return [`the type ${type} is not documented`];
	if (documented.schema === undefined) return body === '' ? ['it has no body'] : [];
	const { error } = asZod(documented.schema, components).safeParse(JSON.parse(body));
	return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
}

const resolved = (ref: string, { responses }: Components) =>
	responses[ref.replace('#/components/responses/', '') as keyof typeof responses];

function asZod(schema: object, { schemas }: Components): z.ZodType {
	const text = JSON.stringify({ ...schema, $defs: schemas }).replaceAll('#/components/schemas/', '#/$defs/');
	return z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0]);
}
