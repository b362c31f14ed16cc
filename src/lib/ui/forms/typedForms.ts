import { createContext } from 'svelte';

/**
 * What is typed into the forms of people who are not logged in, in memory alone: a form that is made anew goes on from it.
 * The username is one for all of them, as it was typed last.
 */
export class TypedForms {
	readonly #kept = new Map<string, Readonly<Record<string, string>>>();
	#username: string;

	/** `username`: what the forms that ask for one begin with. */
	constructor(username = '') {
		this.#username = username;
	}

	/** What was typed into the form of that name, else what it begins with. */
	of<Field extends string>(form: string, begin: Record<Field, string>): Record<Field, string> {
		const shared = 'username' in begin ? { username: this.#username } : {};
		return { ...begin, ...this.#kept.get(form), ...shared };
	}

	keep(form: string, values: Readonly<Record<string, string>>): void {
		this.#kept.set(form, { ...values });
		this.#username = values.username ?? this.#username;
	}
}

export const [getTypedForms, setTypedForms] = createContext<TypedForms>();
