import { expect, test } from 'vitest';
import { z } from 'zod';
import { schemaText } from './schemaText';
import { JsonSchemas } from './jsonSchemas';

const textOf = (schema: z.ZodType) => schemaText(new JsonSchemas().of(schema, 'input'));

test('fields are told with their types, and which may be left out', () => {
	expect(textOf(z.object({ id: z.string(), at: z.number().optional() }))).toBe(
		'{\n  id: string\n  at?: number\n}'
	);
});

test('bounds stand behind the type', () => {
	expect(textOf(z.string().min(3).max(32))).toBe('string (3 to 32 characters)');
	expect(textOf(z.int().min(1).max(100).default(50))).toBe('integer (1 to 100, 50 if absent)');
	expect(textOf(z.string().max(9))).toBe('string (at most 9 characters)');
});

test('lists, choices and what is inside of others are told', () => {
	expect(textOf(z.array(z.string()))).toBe('string[]');
	expect(textOf(z.array(z.enum(['in', 'out'])))).toBe('("in" | "out")[]');
	expect(textOf(z.object({ who: z.object({ id: z.literal('x') }) }))).toBe(
		'{\n  who: {\n    id: "x"\n  }\n}'
	);
	expect(textOf(z.union([z.string(), z.null()]))).toBe('string | null');
	expect(textOf(z.record(z.string(), z.number()))).toBe('{\n  [name]: number\n}');
});

test('a schema with a name is told by it', () => {
	expect(textOf(z.array(z.object({ id: z.string() }).meta({ id: 'Yarn' })))).toBe('Yarn[]');
});

test('what has no type is unknown', () => {
	expect(textOf(z.unknown())).toBe('unknown');
});
