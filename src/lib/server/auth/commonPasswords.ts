import commonPasswords from 'fxa-common-password-list';

/** True for a password among the 50,000 most used ones of 8 characters and more, in any case. */
export const isCommonPassword = (password: string): boolean =>
	commonPasswords.test(password) || commonPasswords.test(password.toLowerCase());
