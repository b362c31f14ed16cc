const PREFIX = 'skein.begun/';

/**
 * What is typed into a form and not sent, kept for this window until it is, or until one leaves the account: a reload, as
 * an update of the app takes one, loses none of it. Nothing secret goes in here.
 */
export class BegunForm<Values extends Readonly<Record<string, unknown>>> {
	readonly #key: string;
	readonly #storage: Storage | undefined;

	/** `name` of the form. Where the browser lets a page keep nothing, nothing is kept. */
	constructor(name: string, storage = windowStorage()) {
		this.#key = `${PREFIX}${name}`;
		this.#storage = storage;
	}

	/** What it begins with, and over it what was typed before the reload. What another version kept otherwise is left out. */
	over(begin: Values): Values {
		const kept = this.#read();
		const fits = Object.entries(begin).flatMap(([name, value]) => {
			const before = kept[name];
			return typeof before === typeof value && Array.isArray(before) === Array.isArray(value)
				? [[name, before]]
				: [];
		});
		return { ...begin, ...(Object.fromEntries(fits) as Partial<Values>) };
	}

	/** What was typed, in some fields or all. Undefined once there is nothing left that was not sent. */
	keep(values: Partial<Values> | undefined): void {
		try {
			if (values) this.#storage?.setItem(this.#key, JSON.stringify(values));
			else this.#storage?.removeItem(this.#key);
		} catch {
			// No space: what is in the fields stays there.
		}
	}

	#read(): Readonly<Record<string, unknown>> {
		try {
			return (JSON.parse(this.#storage?.getItem(this.#key) ?? '{}') ?? {}) as Record<string, unknown>;
		} catch {
			return {};
		}
	}
}

/** Whoever uses this window next finds nothing of it. */
export function forgetBegunForms(storage = windowStorage()): void {
	for (const key of Object.keys(storage ?? {})) if (key.startsWith(PREFIX)) storage?.removeItem(key);
}

/** What this window keeps until it is closed; undefined where the site may keep nothing. */
export function windowStorage(): Storage | undefined {
	try {
		return globalThis.sessionStorage;
	} catch {
		// Reading the property throws there.
		return undefined;
	}
}
