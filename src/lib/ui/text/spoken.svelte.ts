import { createContext } from 'svelte';
import { directions, type Language } from '../../protocol/languages';
import { speak } from '.';

/** The language of the page, where it may change without a new start: see InLanguage.svelte. */
export class Spoken {
	#language = $state.raw(document.documentElement.lang);

	get language(): string {
		return this.#language;
	}

	/** Rejects, and leaves all as it is, if the words are not here and cannot be fetched. */
	async change(language: Language): Promise<void> {
		await speak(language);
		const root = document.documentElement;
		root.lang = language;
		root.dir = directions[language];
		this.#language = language;
	}
}

export const [getSpoken, setSpoken] = createContext<Spoken>();
