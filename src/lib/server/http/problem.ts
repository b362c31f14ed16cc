/**
 * A refusal that the client is told: thrown where a rule is broken, written as `{error: {code, message, field?, details?}}` by
 * the endpoint. The message is a plain sentence for a person; the code is for programs and never changes.
 */
import { ACCOUNT_DELETED, type ProblemCode } from '../../protocol/problemCodes';
import type { ErrorAnswer } from '../../protocol/rest';

interface ProblemMore {
	/** Everything that is wrong with what was sent. */
	readonly details?: ErrorAnswer['error']['details'];
	readonly retryAfterS?: number;
}

export class Problem extends Error {
	readonly status: number;
	readonly code: ProblemCode;
	/** The field of the request that is at fault. */
	readonly field: string | undefined;
	readonly #more: ProblemMore;

	constructor(status: number, code: ProblemCode, message: string, field?: string, more: ProblemMore = {}) {
		super(message);
		this.name = 'Problem';
		this.status = status;
		this.code = code;
		this.field = field;
		this.#more = more;
	}

	/** Seconds after which the same request may be done. */
	get retryAfterS(): number | undefined {
		return this.#more.retryAfterS;
	}

	/** As the client is told. */
	get answer(): ErrorAnswer {
		const { code, message, field } = this;
		const { details } = this.#more;
		return {
			error: { code, message, ...(field === undefined ? {} : { field }), ...(details && { details }) }
		};
	}

	/** The same request would be refused again: not for want of a login, of patience or of the server's health. */
	get isFinal(): boolean {
		return this.status < 500 && ![401, 408, 429].includes(this.status);
	}
}

export const notLoggedIn = () => new Problem(401, 'not_logged_in', 'You are not logged in. Log in first.');
export const noSuchConversation = () =>
	new Problem(404, 'no_such_conversation', 'There is no such conversation, or you are not a member of it.');
export const notAdministrator = () =>
	new Problem(403, 'not_administrator', 'Only an administrator of this server may do this.');
export const noSuchUser = () => new Problem(404, 'no_such_user', 'There is no such user.');
/** Of a command or a message that comes under an id which its user has given to another. */
export const idReused = () =>
	new Problem(422, 'id_reused', 'This id was used for another request. Choose a fresh one.');
/** To a device of an account that is no more: it has nothing to wait for. */
export const accountDeleted = () => new Problem(401, ACCOUNT_DELETED, 'This account was deleted.');
