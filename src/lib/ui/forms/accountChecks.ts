/** The checks of the account forms that need no server. Each returns what is wrong, in words, or undefined. */
import { PASSWORD_MAX, PASSWORD_MIN, USERNAME_MAX, USERNAME_MIN } from '../../domain/limits';
import { text } from '../text';

export function usernameProblem(typed: string): string | undefined {
	const words = text.entry.problem;
	const name = typed.trim().normalize('NFC');
	if (name === '') return words.usernameMissing;
	if (!/^[\p{L}\p{M}\p{N}._-]+$/u.test(name) || /\p{Default_Ignorable_Code_Point}/u.test(name))
		return words.usernameSigns;
	if (name.length < USERNAME_MIN) return words.usernameShort(USERNAME_MIN);
	if (name.length > USERNAME_MAX) return words.usernameLong(name.length - USERNAME_MAX, USERNAME_MAX);
	return undefined;
}

/** It may be left out. */
export function emailProblem(typed: string): string | undefined {
	const address = typed.trim();
	if (address === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) return undefined;
	return text.security.problem.address;
}

export function passwordProblem(typed: string): string | undefined {
	const words = text.entry.problem;
	if (typed === '') return words.passwordMissing;
	if (typed.length < PASSWORD_MIN) return words.passwordShort(PASSWORD_MIN - typed.length, PASSWORD_MIN);
	if (typed.length > PASSWORD_MAX) return words.passwordLong(typed.length - PASSWORD_MAX, PASSWORD_MAX);
	return undefined;
}
