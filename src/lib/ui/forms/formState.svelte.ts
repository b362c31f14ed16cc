/**
 * A form that asks the server: what is typed, what is wrong with it, and what the server said. Nothing that was typed is
 * ever cleared by a failure. Only a field that was left or submitted is called wrong, and the server's word holds until
 * something is changed.
 */

/** What is wrong, and beside which field it is said; without a field it stands beside the button. */
export interface FormProblem<Field extends string> {
	readonly field: Field | undefined;
	readonly message: string;
}

type Values<Field extends string> = Record<Field, string>;

interface Form<Field extends string> {
	readonly values: Values<Field>;
	/** What is wrong before the server is asked, by field. */
	readonly wrong: (values: Values<Field>) => Partial<Record<Field, string | undefined>>;
	/** Asks the server; returns what is wrong, or undefined once it is done. */
	readonly submit: (values: Values<Field>) => Promise<FormProblem<Field> | undefined>;
}

export class FormState<Field extends string> {
	values: Values<Field>;
	/** The server is being asked. */
	busy = $state(false);
	/** It has done what was asked for, and nothing else was typed since. */
	readonly done = $derived.by(() => this.#doneWith === this.#typed);
	#touched = $state<Partial<Record<Field, boolean>>>({});
	#refused = $state<(FormProblem<Field> & { readonly of: string }) | undefined>();
	#doneWith = $state<string | undefined>();
	readonly #typed = $derived.by(() => JSON.stringify(this.values));
	readonly #form: Form<Field>;
	readonly #wrong = $derived.by(() => this.#form.wrong(this.values));
	readonly #standing = $derived.by(() => (this.#refused?.of === this.#typed ? this.#refused : undefined));

	constructor(form: Form<Field>) {
		this.#form = form;
		this.values = $state({ ...form.values });
	}

	/** What is to be said beside a field. */
	said(field: Field): string | undefined {
		const refused = this.#standing?.field === field ? this.#standing.message : undefined;
		return refused ?? (this.#touched[field] ? this.#wrong[field] : undefined);
	}

	isRight(field: Field): boolean {
		return this.#wrong[field] === undefined;
	}

	/** The field was left. */
	left(field: Field): void {
		if (this.values[field] !== '') this.#touched[field] = true;
	}

	/** What is to be said beside the button. */
	get problem(): string | undefined {
		return this.#standing && !this.#standing.field ? this.#standing.message : undefined;
	}

	/** Empties fields that have done their work. It counts as done still. */
	clear(...fields: readonly Field[]): void {
		for (const field of fields) {
			this.values[field] = '';
			this.#touched[field] = false;
		}
		this.#doneWith = this.#typed;
	}

	readonly onsubmit = async (event: SubmitEvent): Promise<void> => {
		event.preventDefault();
		const element = event.currentTarget as HTMLFormElement;
		const fields = Object.keys(this.values) as Field[];
		for (const field of fields) this.#touched[field] = true;
		if (fields.every((field) => this.isRight(field))) {
			if (this.busy) return;
			const of = this.#typed;
			this.busy = true;
			const problem = await this.#form.submit($state.snapshot(this.values) as Values<Field>);
			this.busy = false;
			if (!problem) {
				if (this.#doneWith !== this.#typed) this.#doneWith = of;
				return;
			}
			this.#refused = { ...problem, of };
		}
		const first = fields.find((field) => this.said(field));
		if (first) element.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
	};
}
