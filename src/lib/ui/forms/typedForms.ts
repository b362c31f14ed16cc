import { createContext } from 'svelte';

/** What is typed into the forms of people who are not logged in, in memory alone: a form that is made anew goes on from it. */
export class TypedForms {
	readonly #kept = new Map<string, Readonly<Record<string, string>>>();

	/** What was typed into the form of that name, else what it begins with. */
	of<Field extends string>(form: string, begin: Record<Field, string>): Record<Field, string> {
		return { ...begin, ...this.#kept.get(form) };
	}

	keep(form: string, values: Readonly<Record<string, string>>): void {
		this.#kept.set(form, { ...values });
	}
}

export const [getTypedForms, setTypedForms] = createContext<TypedForms>();
