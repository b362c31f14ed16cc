/** Requests made from the OpenAPI document itself, right ones and wrong ones: the server answers, and never breaks. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { JsonSchemas, type JsonSchema } from './jsonSchemas';
import { relayOnSqlite } from '../app';
import { ApiLab } from '../testing/apiLab.fixture';
import type { ApiClient } from '../testing/apiClient.fixture';
import { routeTable } from '../../../routes/api/routeTable';

/** Each of these hashes a password, which takes a core for a while. */
const DEAR = [
	'POST /api/register',
	'POST /api/login',
	'POST /api/password/change',
	'POST /api/password/reset',
	'DELETE /api/me'
];
const timesOf = (name: string): number => (DEAR.includes(name) ? 15 : 60);

const routes = await routeTable();

let lab: ApiLab;
let alice: ApiClient;
let group: string;
beforeAll(async () => {
	lab = await new ApiLab().start(relayOnSqlite);
	alice = await lab.person('alice');
	group = (await alice.post('/api/conversations', { kind: 'group', members: [] })).body.conversation.id;
});
afterAll(() => lab.stop());

const any = fc.oneof(
	fc.jsonValue({ maxDepth: 2 }),
	fc.constantFrom('', '__proto__', '\u0000', '\ud800', '%', '😀')
);

/** Left to itself fast-check makes hardly any of more than ten characters. */
const words = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 80 }),
	fc.string({ unit: 'grapheme', maxLength: 300, size: 'max' })
);

/** What fits the schema, as far as JSON Schema says, and now and then what does not. */
function valueOf(schema: JsonSchema): fc.Arbitrary<unknown> {
	return fc.oneof({ weight: 6, arbitrary: fittingValue(schema) }, { weight: 1, arbitrary: any });
}

function fittingValue(schema: JsonSchema): fc.Arbitrary<unknown> {
	const { enum: values, anyOf, type, pattern, examples } = schema;
	if (Array.isArray(values)) return fc.constantFrom(...(values as unknown[]));
	if (Array.isArray(anyOf)) return fc.oneof(...(anyOf as JsonSchema[]).map(valueOf));
	if (Array.isArray(examples)) return fc.constantFrom(...(examples as unknown[]), group, alice.id);
	if (typeof pattern === 'string') return fc.oneof(fc.stringMatching(new RegExp(pattern, 'u')), fc.string());
	if (type === 'object') return objectOf(schema);
	if (type === 'array') return fc.array(valueOf((schema.items ?? {}) as JsonSchema), { maxLength: 4 });
	if (type === 'integer' || type === 'number')
		return fc.oneof(fc.integer({ min: 1, max: 400 }), fc.maxSafeInteger(), fc.double());
	if (type === 'boolean') return fc.boolean();
	return type === 'string' ? words : any;
}

function objectOf({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
	const fields = Object.entries(properties as Record<string, JsonSchema>);
	const requiredKeys = fields.map(([name]) => name).filter((name) => (required as string[]).includes(name));
	const made = Object.fromEntries(fields.map(([name, field]) => [name, valueOf(field)]));
	return fc.record(made, { requiredKeys });
}

const part = () => fc.oneof(fc.constantFrom(group, alice.id, '0.1.0', '..'), fc.string({ unit: 'binary' }));

it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
	'whatever %s is asked, it does not break',
	async (name, { method, path, spec }) => {
		// One of its own: the routes before may have ended the others.
		const cookie = `__Host-skein=${await lab.server.sessions.start(alice.id)}`;
		const body = spec.body ? valueOf(new JsonSchemas().of(spec.body, 'input')) : fc.constant(undefined);
		const query = fc.dictionary(
			fc.constantFrom(...Object.keys(spec.query?.shape ?? {}), 'other'),
			fc.oneof(fc.string(), fc.integer().map(String)),
			{ maxKeys: 3 }
		);
		const inAddress = [...path.matchAll(/\[(\w+)\]/g)].map(([, inPath = '']) => [inPath, part()] as const);
		const params = fc.record(Object.fromEntries(inAddress));
		await fc.assert(
			fc.asyncProperty(params, query, body, async (parts, asked, sent) => {
				const address = path.replace(/\[(\w+)\]/g, (_, name: string) =>
					encodeURIComponent((parts[name] || 'x').toWellFormed())
				);
				const headers: Record<string, string> = { cookie, origin: alice.origin };
				if (sent !== undefined) headers['content-type'] = 'application/json';
				const url = `${alice.origin}${address}?${new URLSearchParams(asked)}`;
				const { status } = await lab.fetch(
					new Request(url, { method, headers, body: sent === undefined ? null : JSON.stringify(sent) })
				);
				expect(status).toBeLessThan(500);
			}),
			{ numRuns: timesOf(name) }
		);
	}
);
