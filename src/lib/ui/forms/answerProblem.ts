import { text } from '../text';

type EntryField = 'username' | 'password';

/** What is wrong, and beside which field it is said; without a field it stands beside the button. */
export interface EntryProblem {
	readonly field: EntryField | undefined;
	readonly message: string;
}

interface Refusal {
	readonly status: number;
	readonly code: string;
	readonly message: string;
	readonly field?: string;
}

/** The server's refusal of a registration or login, in the words of the catalogue where it has some. */
export function answerProblem(form: 'register' | 'login', { status, message, field }: Refusal): EntryProblem {
	const words = text.entry.problem;
	if (status === 0) return { field: undefined, message: words.noConnection };
	if (status === 429) return { field: undefined, message: words.tooMany };
	if (status >= 500) return { field: undefined, message: words.server };
	if (form === 'login' && (status === 401 || status === 400))
		return { field: 'password', message: words.wrongLogin };
	if (status === 409) return { field: 'username', message: words.usernameTaken };
	return { field: field === 'username' || field === 'password' ? field : undefined, message };
}
