import { en } from './en';

/** A catalogue with other words in the same places. */
type Worded<T> = T extends (...args: infer A) => string
	? (...args: A) => string
	: T extends string
		? string
		: { readonly [K in keyof T]: Worded<T[K]> };

export type Text = Worded<typeof en>;

/** The words of the language in use. */
export const text: Text = en;
