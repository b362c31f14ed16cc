/** What Skein says, in the language in use. Only that one is loaded; the service worker keeps all of them. */
import type { en } from './en';
import type { later as enLater } from './en/later';
import type { Language } from '../../protocol/languages';

/** A catalogue with other words in the same places. */
type Worded<T> = T extends (...args: infer A) => string
	? (...args: A) => string
	: T extends string
		? string
		: { readonly [K in keyof T]: Worded<T[K]> };

export type FirstText = Worded<typeof en>;
/** What only screens and dialogs say that come later than a conversation, some of it in the same places. */
export type LaterText = Worded<typeof enLater>;
export type Text = FirstText & LaterText;

const firsts: Readonly<Record<Language, () => Promise<FirstText>>> = {
	en: async () => (await import('./en')).en,
	ar: async () => (await import('./ar')).ar,
	de: async () => (await import('./de')).de
};
const laters: Readonly<Record<Language, () => Promise<LaterText>>> = {
	en: async () => (await import('./en/later')).later,
	ar: async () => (await import('./ar/later')).later,
	de: async () => (await import('./de/later')).later
};

/**
 * The words of the language in use. Nothing may read them before `speak` has settled, and the later ones before
 * `speakLater` has, so read them in functions and components and never where a module begins. They change with a reload
 * of the page, or where the components are made anew (InLanguage.svelte).
 */
export let text: Text;

let spoken: Language = 'en';
let withLater = false;
let speaking: Promise<void> = Promise.resolve();

/** A place may have first words and later ones. */
export function joined(first: FirstText, later: LaterText): Text {
	const places: Record<string, unknown> = { ...first };
	for (const [place, words] of Object.entries(later))
		places[place] = { ...(places[place] as object | undefined), ...words };
	// Each place has what its two parts have, and so has the type.
	return places as Text;
}

/** Chooses the language, before anything is shown in it. */
export function speak(language: Language): Promise<void> {
	const loading = Promise.all([firsts[language](), withLater ? laters[language]() : undefined]);
	const before = speaking;
	speaking = (async () => {
		const [first, later] = await loading;
		// One after the other, so that the last one holds. What came of the one before has been told to who asked for it.
		await before.catch(() => undefined);
		// The words that are missing are not read before `speakLater` has settled.
		text = later ? joined(first, later) : (first as Text);
		spoken = language;
	})();
	return speaking;
}

/**
 * Loads the later words too: for the `load` of routes that read them, once the root's `load` has said which language it
 * is, and for what is loaded on demand.
 */
export async function speakLater(): Promise<void> {
	// What did not come before is asked for again.
	await speaking.catch(() => undefined);
	withLater = true;
	if (!Object.hasOwn(text ?? {}, 'about')) await speak(spoken);
}
