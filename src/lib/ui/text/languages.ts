/** The languages that Skein speaks. `static/firstLook.js` knows them too: it chooses one before anything is painted. */
export const LANGUAGES = ['en', 'de', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each calls itself. */
export const ownNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', ar: 'العربية' };

export type Direction = 'ltr' | 'rtl';
export const directions: Readonly<Record<Language, Direction>> = { en: 'ltr', de: 'ltr', ar: 'rtl' };

export const isLanguage = (tag: unknown): tag is Language => LANGUAGES.some((language) => language === tag);
