import { text } from '../text';
import type { FormProblem } from './formState.svelte';

interface Refusal {
	readonly status: number;
	readonly code: string;
	readonly message: string;
	readonly field?: string;
	readonly retryAfterS?: number;
}

/** The server says what is wrong in English, in more detail than the catalogue knows. Elsewhere a general word serves. */
const serverSaid = (message: string): string =>
	text.locale.split('-')[0] === 'en' ? message : text.entry.problem.refused;

/**
 * The server's refusal in the words of the catalogue where it has some. `fields` are those of the form; `names` says what
 * the form calls a field of the request, where it calls it otherwise.
 */
export function answerProblem<Field extends string>(
	{ status, code, message, field, retryAfterS }: Refusal,
	fields: readonly Field[],
	names: Partial<Record<string, Field>> = {}
): FormProblem<Field> {
	const words = text.entry.problem;
	if (status === 0) return { field: undefined, message: words.noConnection };
	if (status === 429) return { field: undefined, message: words.tooMany(retryAfterS) };
	if (status >= 500) return { field: undefined, message: words.server };
	const byCode: Partial<Record<string, string>> = {
		common_password: words.passwordCommon,
		username_taken: words.usernameTaken,
		wrong_login: words.wrongLogin,
		wrong_password: text.security.problem.wrongPassword,
		link_over: text.reset.over,
		not_logged_in: text.security.problem.loggedOut
	};
	const refused: Partial<Record<string, string>> = text.refused;
	const named = code === 'wrong_login' ? 'password' : field;
	const own = named === undefined ? undefined : (names[named] ?? named);
	return {
		field: fields.find((each) => each === own),
		message: byCode[code] ?? refused[code] ?? serverSaid(message)
	};
}
