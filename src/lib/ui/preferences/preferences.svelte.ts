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
	#notifies = $state(true);
	#notifiesText = $state(true);
	readonly #storage: Storage | undefined;

	constructor(storage: Storage | undefined) {
		this.#storage = storage;
		this.#take(read(storage));
	}

	/** Call from an effect: what is changed in another tab holds in this one too. */
	follow(): () => void {
		const take = ({ key }: StorageEvent) => {
			if (key === KEY) this.#take(read(this.#storage));
		};
		addEventListener('storage', take);
		return () => removeEventListener('storage', take);
	}

	#take(kept: Readonly<Record<string, unknown>>): void {
		this.#theme = THEMES.find((theme) => theme === kept.theme) ?? 'system';
		this.#contrast = kept.contrast === 'more' ? 'more' : 'system';
		this.#enter = kept.enter === 'break' ? 'break' : 'send';
		this.#language = isLanguage(kept.language) ? kept.language : 'system';
		this.#notifies = kept.notifies !== false;
		this.#notifiesText = kept.notifiesText !== false;
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

	/** Whether the system shows what arrives while nobody looks at Skein: where the person has allowed it to. */
	get notifies(): boolean {
		return this.#notifies;
	}
	set notifies(on: boolean) {
		this.#notifies = on;
		this.#keep();
	}

	/** Whether it shows what is written, and not only that something is. */
	get notifiesText(): boolean {
		return this.#notifiesText;
	}
	set notifiesText(on: boolean) {
		this.#notifiesText = on;
		this.#keep();
	}

	#keep(): void {
		try {
			const kept = {
				theme: this.#theme,
				contrast: this.#contrast,
				enter: this.#enter,
				language: this.#language,
				notifies: this.#notifies,
				notifiesText: this.#notifiesText
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
