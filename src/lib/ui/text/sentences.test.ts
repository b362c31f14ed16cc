import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageFormat } from 'messageformat';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../protocol/languages';
import { sentencesIn } from './sentences';

const COUNTS = [0, 1, 2, 3, 10, 11, 99, 100, 101, 1_234, 1_000_000];

/** The forms of each sentence that a language chooses by a number: what `counted` is called with. */
function formsIn(language: Language): Record<string, string>[] {
	const folder = join(import.meta.dirname, language);
	const found: Record<string, string>[] = [];
	const visit = (node: ts.Node): void => {
		const [forms] = ts.isCallExpression(node) ? node.arguments : [];
		if (ts.isCallExpression(node) && node.expression.getText() === 'counted' && forms)
			found.push(read(forms));
		ts.forEachChild(node, visit);
	};
	for (const name of readdirSync(folder))
		visit(ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.ESNext, true));
	return found;
}

function read(forms: ts.Expression): Record<string, string> {
	if (!ts.isObjectLiteralExpression(forms)) throw new Error(`no forms: ${forms.getText()}`);
	return Object.fromEntries(
		forms.properties.map((property) => {
			if (!ts.isPropertyAssignment(property) || !ts.isStringLiteralLike(property.initializer))
				throw new Error(`not a form: ${property.getText()}`);
			return [property.name.getText(), property.initializer.text];
		})
	);
}

/** The source of the same message in Unicode MessageFormat 2. */
const messageOf = (forms: Readonly<Record<string, string>>): string =>
	[
		'.input {$n :integer}',
		'.match $n',
		...Object.entries(forms).map(([category, form]) => `${category === 'other' ? '*' : category} {{${form}}}`)
	].join('\n');

const holesOf = (forms: Readonly<Record<string, string>>): string[] =>
	[
		...Object.values(forms)
			.join('')
			.matchAll(/\{\$(\w+)\}/g)
	].map(([, name = '']) => name);

describe.each(LANGUAGES)('what is counted in %s', (language) => {
	const { counted, locale, number } = sentencesIn(language);
	/** As the sentences write what stands in them. */
	const written = (pieces: Readonly<Record<string, number>>) =>
		Object.fromEntries(Object.entries(pieces).map(([name, piece]) => [name, number(piece)]));

	it('reads as Unicode MessageFormat has it, for every number', () => {
		const all = formsIn(language);
		expect(all.length).toBeGreaterThan(10);
		for (const forms of all) {
			const others = Object.fromEntries(
				holesOf(forms)
					.filter((name) => name !== 'n')
					.map((name) => [name, 7])
			);
			const own = (counted as (forms: object) => (n: number, others: object) => string)(forms);
			const judge = new MessageFormat(locale, messageOf(forms), { bidiIsolation: 'none' });
			for (const n of COUNTS)
				expect(own(n, others), `${n}: ${forms.other}`).toBe(judge.format({ ...written(others), n }));
		}
	});

	it('has a form for every number that the language tells apart', () => {
		const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
		for (const forms of formsIn(language)) expect(Object.keys(forms).sort()).toEqual([...categories].sort());
	});
});
