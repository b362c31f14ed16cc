/**
 * How a language builds its sentences: what the catalogues are written with. Whatever depends on a number has the forms
 * of a Unicode MessageFormat 2 message, chosen by the language's own plural rules. No parser of that format is loaded:
 * a test holds each of these sentences against one. Names and texts of people are closed in where they run the other way.
 */
import { isolated } from './isolated';
import { directions, type Language } from '../../protocol/languages';

/** The plural categories of each language (CLDR): a sentence has to have all of them. */
interface Categories {
	readonly en: 'one' | 'other';
	readonly de: 'one' | 'other';
	readonly ar: 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
}

/** What stands in `{$…}` in a pattern. */
type Holes<Pattern extends string> = Pattern extends `${string}{$${infer Hole}}${infer Rest}`
	? Hole | Holes<Rest>
	: never;

/** A function of the number, and of what else has a place in the forms. */
type Counted<Forms> =
	Exclude<Holes<Forms[keyof Forms] & string>, 'n'> extends infer Others extends string
		? [Others] extends [never]
			? (n: number) => string
			: (n: number, others: Readonly<Record<Others, string | number>>) => string
		: never;

export interface Sentences<L extends Language> {
	/** The person's own variant of the language, as BCP 47 has it: `en-GB`, `ar-EG`. */
	readonly locale: string;
	readonly number: (n: number) => string;
	/** Names in a row, with the language's own "and". */
	readonly list: (names: readonly string[]) => string;
	/** A time to wait, in seconds: "in 40 seconds", "in 2 minutes". Rounded up, so that nobody comes too early. */
	readonly fromNow: (seconds: number) => string;
	/** A template whose numbers are written and whose names are closed in as the language needs. */
	readonly say: (words: TemplateStringsArray, ...pieces: readonly (string | number)[]) => string;
	/** A sentence by a number: its form for each plural category, with `{$n}` where the number stands. */
	readonly counted: <const Forms extends Readonly<Record<Categories[L], string>>>(
		forms: Forms
	) => Counted<Forms>;
}

/** `{$name}`: the one kind of placeholder that the forms have. */
const HOLE = /\{\$(\w+)\}/g;

/** The variant of the language that the person reads, if the browser says so. */
const localeOf = (language: Language, fallback: string): string =>
	(typeof navigator === 'undefined' ? [] : navigator.languages).find(
		(tag) => tag.split('-')[0] === language
	) ?? fallback;

export function sentencesIn<const L extends Language>(
	language: L,
	fallback: string = language
): Sentences<L> {
	const locale = localeOf(language, fallback);
	const direction = directions[language];
	// Each takes long to make, next to the first screen, and hardly any is needed for that.
	const numbers = once(() => new Intl.NumberFormat(locale));
	const lists = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
	const times = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));
	const plurals = once(() => new Intl.PluralRules(locale));
	const closed = (piece: string | number): string =>
		typeof piece === 'number' ? numbers().format(piece) : isolated(piece, direction);

	const counted =
		(forms: Readonly<Record<string, string>>) =>
		(n: number, others: Readonly<Record<string, string | number>> = {}): string => {
			const pieces: Readonly<Record<string, string | number>> = { ...others, n };
			const form = forms[plurals().select(n)] ?? forms.other ?? '';
			return form.replace(HOLE, (hole, name: string) => closed(pieces[name] ?? hole));
		};

	return {
		locale,
		number: (n) => numbers().format(n),
		fromNow: (seconds) => {
			if (seconds <= 90) return times().format(Math.ceil(seconds), 'second');
			if (seconds <= 90 * 60) return times().format(Math.ceil(seconds / 60), 'minute');
			return times().format(Math.ceil(seconds / 3_600), 'hour');
		},
		list: (names) => lists().format(names.map(closed)),
		say: (words, ...pieces) => String.raw({ raw: words }, ...pieces.map(closed)),
		// The pattern's holes are its type's, so the general function is the particular one.
		counted: counted as Sentences<L>['counted']
	};
}

/** What is made when it is first asked for. */
function once<T>(make: () => T): () => T {
	let made: T | undefined;
	return () => (made ??= make());
}
