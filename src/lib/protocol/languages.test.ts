import { expect, it } from 'vitest';
import { languageAsked } from './languages';

it.each([
	[null, 'en'],
	['', 'en'],
	['de', 'de'],
	['ar-EG,en;q=0.8', 'ar'],
	['fr-FR, de-AT;q=0.5, en;q=0.7', 'en'],
	['fr;q=1, *;q=0.5', 'en'],
	[';q=x,,DE', 'de']
])('a request that accepts %j is answered in %s', (header, language) => {
	expect(languageAsked(header)).toBe(language);
});
