/** The languages that Skein speaks. `static/firstLook.js` knows them too: it chooses one before anything is painted. */
export const LANGUAGES = ['en'] as const;
export type Language = (typeof LANGUAGES)[number];

export type Direction = 'ltr' | 'rtl';
export const directions: Readonly<Record<Language, Direction>> = { en: 'ltr' };

export const isLanguage = (tag: unknown): tag is Language => LANGUAGES.some((language) => language === tag);
