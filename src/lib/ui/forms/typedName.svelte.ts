import { createContext } from 'svelte';

/** The username as typed, shared by the forms that ask for it: whoever goes from one to the other keeps it. */
export class TypedName {
	value = $state('');

	constructor(value = '') {
		this.value = value;
	}
}

export const [getTypedName, setTypedName] = createContext<TypedName>();
