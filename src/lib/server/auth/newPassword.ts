import { hashPassword } from './passwords';
import { isCommonPassword } from './commonPasswords';
import { Problem } from '../http/problem';

/** The hash of a password that somebody wants. Throws a Problem, 400, naming `field`, if it is a common one. */
export async function hashNewPassword(password: string, field = 'password'): Promise<string> {
	if (isCommonPassword(password)) {
		const message = 'This password is one of the most used ones. Choose another.';
		throw new Problem(400, 'common_password', message, field);
	}
	return hashPassword(password);
}
