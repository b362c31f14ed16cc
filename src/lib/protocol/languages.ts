/** The languages that Skein speaks, on the screen and in mails. `static/firstLook.js` knows those of the screen too. */
export const LANGUAGES = ['en', 'de', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

export const isLanguage = (tag: unknown): tag is Language => LANGUAGES.some((language) => language === tag);

export type Direction = 'ltr' | 'rtl';
export const directions: Readonly<Record<Language, Direction>> = { en: 'ltr', de: 'ltr', ar: 'rtl' };

/** The language that a request wants most of those that there are, by its `Accept-Language` (RFC 9110, 12.5.4). */
export function languageAsked(header: string | null): Language {
	const wanted = (header ?? '').split(',').map((part) => {
		const [tag = '', weight = '1'] = part.trim().split(/\s*;\s*q=/);
		return { language: tag.split('-')[0]?.toLowerCase(), weight: Number(weight) || 0 };
	});
	return (
		wanted
			.sort((a, b) => b.weight - a.weight)
			.map(({ language }) => language)
			.find(isLanguage) ?? 'en'
	);
}
