import { z } from 'zod';
import { USERNAME_MIN, USERNAME_MAX, DISPLAY_NAME_MAX, ABOUT_MAX, EMAIL_MAX } from '../../domain/limits';
import { password, newPassword, email, oneLine, words, userId } from './fields';

/** What people write with today (UAX 31, table 5), and signs that belong to no alphabet. */
const IN_USE = [
	'Common Inherited Arabic Armenian Bengali Bopomofo Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Han',
	'Hangul Hebrew Hiragana Kannada Katakana Khmer Lao Latin Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan'
].flatMap((scripts) => scripts.split(' '));

/**
 * Alphabets with letters that look the same, as the Latin, the Cyrillic and the Greek o (UTS 39, 5.2). All that hardly
 * anybody writes count as one more: most of them have such letters too.
 */
const ALIKE = [
	/\p{Script=Latin}/u,
	/\p{Script=Cyrillic}/u,
	/\p{Script=Greek}/u,
	/\p{Script=Armenian}/u,
	new RegExp(`[^${IN_USE.map((script) => `\\p{Script=${script}}`).join('')}]`, 'u')
];

/** Letters of formulas are of no alphabet until they are the plain ones that they stand for. */
function mixesAlike(name: string): boolean {
	const plain = name.normalize('NFKC');
	return ALIKE.filter((script) => script.test(plain)).length > 1;
}

const USERNAME_SIGNS = 'may hold letters, digits, dots, dashes and underscores';

const usernameSchema = z
	.string()
	.trim()
	// Composed it may be shorter. To compose what is far too long takes its time.
	.max(4 * USERNAME_MAX)
	.transform((name) => name.normalize('NFC'))
	.pipe(
		z
			.string()
			.min(USERNAME_MIN)
			.max(USERNAME_MAX)
			.regex(/^[\p{L}\p{M}\p{N}._-]+$/u, USERNAME_SIGNS)
			// Some of them are letters and marks to Unicode, and two names would look the same.
			.refine((name) => !/\p{Default_Ignorable_Code_Point}/u.test(name), USERNAME_SIGNS)
			.refine((name) => !mixesAlike(name), 'mixes alphabets whose letters look the same. Use those of one')
	);

export const registerSchema = z.object({
	username: usernameSchema,
	password: newPassword,
	email: email.optional(),
	displayName: oneLine(DISPLAY_NAME_MAX).optional(),
	/** The token of an invite link, where people come by invitation alone. It is used with that. */
	invite: z.string().max(256).optional()
});

export const loginSchema = z.object({
	username: z.string().max(254),
	password
});

export const updateProfileSchema = z.object({
	displayName: oneLine(DISPLAY_NAME_MAX).pipe(z.string().min(1)).optional(),
	/** Empty takes it back. */
	about: words(ABOUT_MAX).optional()
});

/** A change of one's own account: of the profile, or of the address, which needs the password. */
export const updateMeSchema = updateProfileSchema
	.extend({
		/** Null or empty takes it away. */
		email: z
			.string()
			.trim()
			.nullable()
			.transform((address) => address || null)
			.pipe(email.nullable())
			.optional(),
		password: password.optional()
	})
	.refine((body) => body.email === undefined || body.password !== undefined, {
		message: 'is needed to change the address',
		path: ['password']
	});

export const deleteMeSchema = z.object({
	password,
	erase: z
		.boolean()
		.optional()
		.describe('All that the user wrote goes with the account, from everybody’s devices.'),
	successor: userId
		.optional()
		.describe(
			'Who administers the server from then on: needed of its only administrator, unless nobody else is here.'
		)
});

export const changePasswordSchema = z.object({ password, newPassword });

/** A username or an address, in either field. */
export const forgotPasswordSchema = z
	.object({
		username: z.string().trim().min(1).max(EMAIL_MAX),
		email: z.string().trim().min(1).max(EMAIL_MAX)
	})
	.partial()
	.refine((body) => body.username !== undefined || body.email !== undefined, {
		message: 'must name a username or an e-mail address'
	});

export const resetPasswordSchema = z.object({ token: z.string().max(256), password: newPassword });

export const logoutQuery = z.object({
	wipe: z
		.string()
		.optional()
		.meta({ description: '1 has the browser forget all that it stores for this site.', enum: ['1'] })
});

export type RegisterRequest = z.input<typeof registerSchema>;
export type LoginRequest = z.input<typeof loginSchema>;
export type UpdateProfileRequest = z.input<typeof updateProfileSchema>;
export type DeleteMeRequest = z.input<typeof deleteMeSchema>;
