/** What Skein says, in the language in use. Only that one is loaded; the service worker keeps all of them. */
import type { en } from './en';
import type { Language } from '../../protocol/languages';

/** A catalogue with other words in the same places. */
type Worded<T> = T extends (...args: infer A) => string
	? (...args: A) => string
	: T extends string
		? string
		: { readonly [K in keyof T]: Worded<T[K]> };

export type Text = Worded<typeof en>;

const catalogues: Readonly<Record<Language, () => Promise<Text>>> = {
	en: async () => (await import('./en')).en,
	ar: async () => (await import('./ar')).ar,
	de: async () => (await import('./de')).de
};

/**
 * The words of the language in use. Nothing may read them before `speak` has settled, so read them in functions and
 * components and never where a module begins. They change only with a reload of the page.
 */
export let text: Text;

/** Chooses the language: once, before anything is shown. */
export async function speak(language: Language): Promise<void> {
	text = await catalogues[language]();
}
