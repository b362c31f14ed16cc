/** Zod's schemas as JSON Schema 2020-12, those with an id as components that others refer to. */
import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

export class JsonSchemas {
	readonly #components = new Map<string, JsonSchema>();

	/** What a client sends (`input`) or is given (`output`). */
	of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
		// Within another one, a schema with an id is referred to and not written out.
		const whole = z.toJSONSchema(z.object({ it: schema }), { io, unrepresentable: 'any' });
		for (const [id, definition] of Object.entries(whole.$defs ?? {}))
			this.#components.set(id, referring({ ...definition, id: undefined }));
		return referring((whole.properties?.it ?? {}) as JsonSchema);
	}

	/** All that were referred to. */
	get components(): Readonly<Record<string, JsonSchema>> {
		return Object.fromEntries([...this.#components].sort(([one], [other]) => (one < other ? -1 : 1)));
	}
}

/** With references as OpenAPI has them. */
function referring(schema: JsonSchema): JsonSchema {
	const replace = (key: string, value: unknown) =>
		key === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', '#/components/schemas/') : value;
	return JSON.parse(JSON.stringify(schema), replace) as JsonSchema;
}
