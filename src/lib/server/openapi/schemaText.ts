/** JSON Schema 2020-12 as people read it: the shape in the manner of TypeScript, with bounds behind it. */
import type { JsonSchema } from './jsonSchemas';

const REFERENCE = '#/components/schemas/';
const STEP = '  ';

/** Names of components stand by themselves. Several lines where there are fields. */
export function schemaText(schema: JsonSchema, indent = ''): string {
	const { $ref, enum: values, anyOf, oneOf, allOf } = schema;
	if (typeof $ref === 'string') return $ref.replace(REFERENCE, '');
	if ('const' in schema) return JSON.stringify(schema.const);
	if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ');
	const either = schemasIn(anyOf ?? oneOf);
	if (either.length > 0) return either.map((one) => schemaText(one, indent)).join(' | ');
	const all = schemasIn(allOf);
	if (all.length > 0) return all.map((one) => schemaText(one, indent)).join(' & ');
	return typeText(schema, indent);
}

function typeText(schema: JsonSchema, indent: string): string {
	const { type, items } = schema;
	if (Array.isArray(type)) return type.map((one) => typeText({ ...schema, type: one }, indent)).join(' | ');
	if (type === 'array')
		return `(${isSchema(items) ? schemaText(items, indent) : 'unknown'})[]`.replace(/^\((\w+)\)/, '$1');
	if (type === 'object') return objectText(schema, indent);
	return `${typeof type === 'string' ? type : 'unknown'}${bounds(schema)}`;
}

function objectText({ properties, required, additionalProperties }: JsonSchema, indent: string): string {
	const inner = indent + STEP;
	const isRequired = new Set(Array.isArray(required) ? required : []);
	const fields = Object.entries(isSchema(properties) ? properties : {}).map(
		([name, schema]) =>
			`${inner}${name}${isRequired.has(name) ? '' : '?'}: ${isSchema(schema) ? schemaText(schema, inner) : 'unknown'}`
	);
	if (isSchema(additionalProperties) && Object.keys(additionalProperties).length > 0)
		fields.push(`${inner}[name]: ${schemaText(additionalProperties, inner)}`);
	return fields.length === 0 ? '{}' : `{\n${fields.join('\n')}\n${indent}}`;
}

/** What a value must keep to besides its type. */
function bounds({
	minLength,
	maxLength,
	minimum,
	maximum,
	format,
	pattern,
	default: usual
}: JsonSchema): string {
	const range = (least: unknown, most: unknown, unit: string) => {
		if (most === undefined || most === Number.MAX_SAFE_INTEGER)
			return least === undefined || least === Number.MIN_SAFE_INTEGER
				? []
				: [`at least ${String(least)}${unit}`];
		return least === undefined
			? [`at most ${String(most)}${unit}`]
			: [`${String(least)} to ${String(most)}${unit}`];
	};
	const all = [
		...range(minLength, maxLength, ' characters'),
		...range(minimum, maximum, ''),
		...(typeof format === 'string' ? [format] : []),
		...(typeof pattern === 'string' ? [`matches ${pattern}`] : []),
		...(usual === undefined ? [] : [`${JSON.stringify(usual)} if absent`])
	];
	return all.length === 0 ? '' : ` (${all.join(', ')})`;
}

const isSchema = (value: unknown): value is JsonSchema =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const schemasIn = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : []);
