/** The OpenAPI 3.1 document of the server, from what its routes say of themselves. */
import type { z } from 'zod';
import { JsonSchemas, type JsonSchema } from './jsonSchemas';
import { NOTHING, type Access, type AnswerSpec, type Route } from '../http/routeSpec';
import { COMMAND_HEADER, JOINED_HEADER } from '../../protocol/headers';
import { mayTellJoined } from '../http/joinedSince';
import type { Scope } from '../../protocol/scopes';
import { errorAnswer } from '../../protocol/restAnswers';

export interface DocumentedRoute {
	/** As SvelteKit names it, for example `/api/users/[id]`. */
	readonly path: string;
	readonly method: string;
	readonly spec: Route['spec'];
}

export type Content = Readonly<
	Record<string, { readonly schema?: JsonSchema; readonly example?: object | undefined }>
>;

interface Parameter {
	readonly name: string;
	readonly in: string;
	readonly required: boolean;
	readonly schema: JsonSchema;
	readonly description?: string;
	readonly example?: string;
}

export interface Operation {
	readonly operationId: string;
	readonly summary: string;
	readonly description?: string;
	readonly tags: readonly string[];
	readonly security: readonly object[];
	readonly 'x-access': Access;
	readonly 'x-scope'?: string;
	readonly parameters: readonly Parameter[];
	readonly requestBody?: { readonly required: boolean; readonly content: Content };
	readonly responses: Readonly<
		Record<string, { readonly description: string; readonly content?: Content } | { readonly $ref: string }>
	>;
}

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

interface Told {
	/** Skein's. */
	readonly version: string;
	/** What the session's cookie is called where the document is read. */
	readonly cookie: string;
}

export function openApiDocument(routes: readonly DocumentedRoute[], { version, cookie }: Told) {
	const schemas = new JsonSchemas();
	const error = asJson(schemas.of(errorAnswer, 'output'));
	const paths: Record<string, Record<string, Operation>> = {};
	for (const route of routes)
		(paths[route.path.replace(/\[(\w+)\]/g, '{$1}')] ??= {})[route.method.toLowerCase()] = operation(
			route,
			schemas
		);
	return {
		openapi: '3.1.0',
		info: {
			title: 'Skein',
			version,
			license: { name: 'MIT', identifier: 'MIT' },
			description:
				'Accounts, people, conversations and messages as JSON. Messages that are sent here are the same entries that ' +
				'devices sync: they appear on all of them at once. Errors are `{error: {code, message, field?, details?}}`.'
		},
		servers: [{ url: '/' }],
		paths,
		components: {
			securitySchemes: {
				session: { type: 'apiKey', in: 'cookie', name: cookie },
				bearer: {
					type: 'http',
					scheme: 'bearer',
					description: 'The token that a login answers with. It may do all that its user may.'
				},
				apiToken: {
					type: 'http',
					scheme: 'bearer',
					description:
						'A personal API token with the scope that is named. Where this scheme is not, it is refused with 403.'
				}
			},
			schemas: schemas.components,
			responses: {
				Error: { description: 'It was refused, or failed.', content: error },
				TooOften: {
					description: 'It was asked for too often.',
					headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
					content: error
				}
			}
		}
	};
}

function operation({ path, method, spec }: DocumentedRoute, schemas: JsonSchemas): Operation {
	const { summary, description, access, scope, body, takes, answers, example } = spec;
	return {
		operationId: operationId(method, path),
		summary,
		...(description === undefined ? {} : { description }),
		tags: [path.split('/')[2] ?? ''],
		security: securityOf(access, scope),
		'x-access': access,
		...(scope === undefined ? {} : { 'x-scope': scope }),
		parameters: [
			...pathParameters(spec, path),
			...queryParameters(spec, schemas),
			...idempotency(method, spec),
			...joined(method, path)
		],
		...(body === undefined ? {} : { requestBody: jsonBody(schemas.of(body, 'input'), example?.body) }),
		...(takes === undefined ? {} : { requestBody: bytesBody(takes) }),
		responses: {
			...Object.fromEntries(
				Object.entries(answers).map(([status, answer]) => [status, response(answer, schemas)])
			),
			429: { $ref: '#/components/responses/TooOften' },
			default: { $ref: '#/components/responses/Error' }
		}
	};
}

/** Any one of these opens it; nothing, if anybody may ask. */
function securityOf(access: Access, scope: Scope | undefined): Operation['security'] {
	if (access === 'anyone') return [];
	const login = [{ session: [] }, { bearer: [] }];
	return scope === undefined ? login : [...login, { apiToken: [scope] }];
}

const operationId = (method: string, path: string): string =>
	[method.toLowerCase(), ...path.split('/').slice(2)]
		.map((part) => part.replace(/[^A-Za-z0-9]+/g, ''))
		.map((part, n) => (n === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1)))
		.join('');

const pathParameters = ({ example }: Route['spec'], path: string) =>
	[...path.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => {
		const value = example?.params?.[name];
		const schema = { type: 'string', minLength: 1 };
		return { name, in: 'path', required: true, schema, ...(value === undefined ? {} : { example: value }) };
	});

function queryParameters({ query, example }: Route['spec'], schemas: JsonSchemas) {
	return Object.entries(query?.shape ?? {}).map(([name, schema]) => {
		const value = example?.query?.[name];
		return {
			name,
			in: 'query',
			required: !(schema as z.ZodType).safeParse(undefined).success,
			schema: schemas.of(schema as z.ZodType, 'input'),
			...(value === undefined ? {} : { example: value })
		};
	});
}

const idempotency = (method: string, { access, knowsRepeats = access !== 'anyone' }: Route['spec']) =>
	WRITES.has(method) && knowsRepeats
		? [
				{
					name: COMMAND_HEADER,
					in: 'header',
					required: false,
					schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,128}$' },
					description:
						'A request that comes again under the same one changes nothing and has the same answer.'
				}
			]
		: [];

const joined = (method: string, path: string) =>
	WRITES.has(method) && mayTellJoined(path)
		? [
				{
					name: JOINED_HEADER,
					in: 'header',
					required: false,
					schema: { type: 'string', pattern: '^\\d{1,15}$' },
					description:
						'Since when you were in the group as you asked, by `joined` of its info; 0 for from the beginning. ' +
						'If you have been out of it since, nothing is done: 409 `out_meanwhile`.'
				}
			]
		: [];

function response(answer: AnswerSpec, schemas: JsonSchemas) {
	if (answer === NOTHING) return { description: 'Done.' };
	if (typeof answer === 'string') return { description: 'The bytes.', content: { [answer]: {} } };
	return { description: 'Done.', content: asJson(schemas.of(answer, 'output')) };
}

const jsonBody = (schema: JsonSchema, example: object | undefined) => ({
	required: true,
	content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } }
});

const bytesBody = (types: readonly string[]) => ({
	required: true,
	content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))
});

const asJson = (schema: JsonSchema) => ({ 'application/json': { schema } });
