import { createContext } from 'svelte';
import { isLanguage, type Language } from '../../protocol/languages';

export type Theme = 'system' | 'light' | 'dark';
export type Contrast = 'system' | 'more';
export type EnterKey = 'send' | 'break';

const KEY = 'skein.preferences';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** What this device's person likes. Kept on the device, for all accounts; a browser that keeps nothing gets the defaults. */
export class Preferences {
	#theme = $state<Theme>('system');
	#contrast = $state<Contrast>('system');
	#enter = $state<EnterKey>('send');
	#language = $state<Language | 'system'>('system');
	readonly #storage: Storage | undefined;

	constructor(storage: Storage | undefined) {
		this.#storage = storage;
		const kept = read(storage);
		if (THEMES.includes(kept.theme as Theme)) this.#theme = kept.theme as Theme;
		if (kept.contrast === 'more') this.#contrast = 'more';
		if (kept.enter === 'break') this.#enter = 'break';
		if (isLanguage(kept.language)) this.#language = kept.language;
	}

	get theme(): Theme {
		return this.#theme;
	}
	set theme(theme: Theme) {
		this.#theme = theme;
		this.#keep();
	}

	get contrast(): Contrast {
		return this.#contrast;
	}
	set contrast(contrast: Contrast) {
		this.#contrast = contrast;
		this.#keep();
	}

	/** What Enter does in the composer; the other one is a key more. */
	get enter(): EnterKey {
		return this.#enter;
	}
	set enter(enter: EnterKey) {
		this.#enter = enter;
		this.#keep();
	}

	/** The page shows it from its next start on. */
	get language(): Language | 'system' {
		return this.#language;
	}
	set language(language: Language | 'system') {
		this.#language = language;
		this.#keep();
	}

	#keep(): void {
		try {
			const kept = {
				theme: this.#theme,
				contrast: this.#contrast,
				enter: this.#enter,
				language: this.#language
			};
			this.#storage?.setItem(KEY, JSON.stringify(kept));
		} catch {
			// A full or forbidden store costs the choice at the next start, nothing more.
			return;
		}
	}
}

function read(storage: Storage | undefined): Readonly<Record<string, unknown>> {
	try {
		const kept: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
		return typeof kept === 'object' && kept !== null ? { ...kept } : {};
	} catch {
		// Not ours, or not readable: the defaults hold.
		return {};
	}
}

/** The browser's local storage; undefined where it is forbidden. */
export function localStorageIfAllowed(): Storage | undefined {
	try {
		return window.localStorage;
	} catch {
		// Reading the property throws where the site may keep nothing.
		return undefined;
	}
}

export const [getPreferences, setPreferences] = createContext<Preferences>();
