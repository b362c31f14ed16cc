/** Arguments for each word that is a function, by the types that the catalogue gives its parameters. */
import { join } from 'node:path';
import ts from 'typescript';
import type { Lost } from './lost';

const NAMES: readonly (readonly string[])[] = [['Alice'], ['Alice', 'ليلى'], ['Alice', 'Bob', 'ليلى']];
const LOST: readonly Lost[] = [
	{ unsent: 1, drafts: 0, queued: 0 },
	{ unsent: 2, drafts: 3, queued: 11 }
];

export type Call = readonly unknown[];

/** For the path of each word that is a function of numbers, names and the like: calls that try all counts. */
export function samples(counts: readonly number[]): Map<string, readonly Call[]> {
	const files = ['en/index.ts', 'en/later.ts'].map((name) => join(import.meta.dirname, name));
	const program = ts.createProgram(files, {
		strict: true,
		module: ts.ModuleKind.ESNext,
		moduleResolution: ts.ModuleResolutionKind.Bundler,
		target: ts.ScriptTarget.ESNext,
		types: []
	});
	const checker = program.getTypeChecker();
	const catalogues = files.map((file) => {
		const source = program.getSourceFile(file);
		const module = source && checker.getSymbolAtLocation(source);
		const words = module && checker.getExportsOfModule(module).find(({ name }) => /^(en|later)$/.test(name));
		if (!words) throw new Error('the English catalogue has moved');
		return words;
	});

	const values = (type: ts.Type): readonly unknown[] => {
		if (type.isUnion()) return type.types.flatMap(values);
		if (type.isStringLiteral()) return [type.value];
		if (type.flags & ts.TypeFlags.BooleanLiteral) return [checker.typeToString(type) === 'true'];
		if (type.flags & ts.TypeFlags.Number) return counts;
		if (type.flags & ts.TypeFlags.String) return ['Alice', 'ليلى'];
		if (type.flags & ts.TypeFlags.Undefined) return [undefined];
		if (checker.isArrayType(type)) return NAMES;
		return type.symbol.name === 'Lost' ? LOST : [];
	};
	const calls = new Map<string, readonly Call[]>();
	const walk = (type: ts.Type, path: readonly string[]): void => {
		const [signature] = type.getCallSignatures();
		if (signature) {
			const each = signature.getParameters().map((one) => values(checker.getTypeOfSymbol(one)));
			calls.set(path.join('.'), product(each));
		} else if (type.flags & ts.TypeFlags.Object && !checker.isTupleType(type))
			for (const one of type.getProperties()) walk(checker.getTypeOfSymbol(one), [...path, one.name]);
	};
	for (const words of catalogues) walk(checker.getTypeOfSymbol(words), []);
	return calls;
}

const product = (each: readonly (readonly unknown[])[]): Call[] =>
	each.reduce<Call[]>((calls, some) => calls.flatMap((call) => some.map((one) => [...call, one])), [[]]);
