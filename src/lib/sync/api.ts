/** The one file that knows fetch: the REST API as values. */
import { COMMAND_HEADER, JOINED_HEADER, USER_HEADER } from '../protocol/headers';
import { NO_NETWORK, UNEXPECTED_ANSWER, type Answer } from './answer';
import { readRetryAfter } from './retryAfter';
import type { Ask } from './commands/commandKind';
import type { Person } from '../domain/people';
import type { RegistrationMode } from '../protocol/registration';
import type { ReportOutcome } from '../protocol/reportReasons';
import type {
	AcceptAnswer,
	AccountAnswer,
	AccountsAnswer,
	AuditAnswer,
	ChangeAccountRequest,
	ChangeLimitsRequest,
	CreateInviteRequest,
	CreateTokenRequest,
	CreateWebhookRequest,
	ErasuresAnswer,
	ErrorAnswer,
	DeleteMeRequest,
	InvitedAnswer,
	InvitesAnswer,
	LimitsAnswer,
	LoginRequest,
	OwnUser,
	RegisterRequest,
	ReportAnswer,
	ReportsAnswer,
	SendMessageRequest,
	MessageAnswer,
	NewInviteAnswer,
	NewTokenAnswer,
	NewWebhookAnswer,
	SessionAnswer,
	SessionsAnswer,
	TokensAnswer,
	UsersAnswer,
	WebhooksAnswer
} from '../protocol/rest';

/** A line that swallows packets answers nothing; a command is idempotent and goes again. */
const TIMEOUT_MS = 20_000;

export interface ApiOptions {
	/** For example `https://chat.example`; empty in the browser. */
	readonly origin?: string;
	readonly token?: string;
	/**
	 * The account that calls. Another tab may have logged in as somebody else: the server refuses with 401 rather than
	 * act for the wrong one.
	 */
	readonly user?: string;
	/** What the person reads: mails that follow from a call are in it. Left out: what the browser says by itself. */
	readonly language?: string;
	readonly fetch?: typeof globalThis.fetch;
}

interface Asked {
	readonly method: string;
	readonly path: string;
	readonly body?: BodyInit;
	/** Of the body. */
	readonly type?: string;
	/** The id of the command that it is. */
	readonly command?: string;
	/** Since when the user was in the group that it is about. */
	readonly joined?: number;
	readonly cache?: RequestCache;
}

export type Api = ReturnType<typeof createApi>;

export function createApi({
	origin = '',
	token,
	user,
	language = globalThis.document?.documentElement.lang,
	fetch = globalThis.fetch.bind(globalThis)
}: ApiOptions = {}) {
	async function ask<T>(
		{ method, path, body, type, command, joined, cache }: Asked,
		read: (response: Response) => Promise<T>
	): Promise<Answer<T>> {
		const headers: Record<string, string> = {};
		if (command !== undefined) headers[COMMAND_HEADER] = command;
		if (joined !== undefined) headers[JOINED_HEADER] = String(joined);
		if (token !== undefined) headers.authorization = `Bearer ${token}`;
		if (user !== undefined) headers[USER_HEADER] = user;
		if (type !== undefined) headers['content-type'] = type;
		if (language) headers['accept-language'] = language;
		try {
			const response = await fetch(`${origin}/api${path}`, {
				method,
				headers,
				credentials: 'same-origin',
				cache,
				signal: AbortSignal.timeout(TIMEOUT_MS),
				body
			});
			if (response.ok) return { ok: true, value: await read(response) };
			return refusal(response, await response.text());
		} catch {
			// fetch rejects and JSON.parse throws when the line breaks or something in between answers for the server.
			return NO_NETWORK;
		}
	}

	const call = <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> =>
		ask({ method, path, ...asJson(body) }, readJson<T>);

	return {
		register: (request: RegisterRequest) => call<SessionAnswer>('POST', '/register', request),
		login: (request: LoginRequest) => call<SessionAnswer>('POST', '/login', request),
		/** `wipe` asks the browser to clear everything of this site, for when this is its only account. */
		logout: (options: { wipe: boolean }) =>
			call<void>('POST', options.wipe ? '/logout?wipe=1' : '/logout', {}),
		me: () => call<{ user: OwnUser }>('GET', '/me'),
		/** An empty address takes it away. */
		changeEmail: (request: { readonly email: string; readonly password: string }) =>
			call<{ user: OwnUser }>('PATCH', '/me', request),
		/** Ends all other sessions; the cookie of this one is replaced. */
		changePassword: (request: { readonly password: string; readonly newPassword: string }) =>
			call<SessionAnswer>('POST', '/password/change', request),
		/** The answer is the same whether or not there is such an account. */
		forgotPassword: (username: string) => call<void>('POST', '/password/forgot', { username }),
		/** By the token of a mail. */
		resetPassword: (request: { readonly token: string; readonly password: string }) =>
			call<void>('POST', '/password/reset', request),
		sessions: () => call<SessionsAnswer>('GET', '/sessions'),
		endSession: (id: string) => call<void>('DELETE', `/sessions/${encodeURIComponent(id)}`),
		endOtherSessions: () => call<void>('DELETE', '/sessions'),
		deleteAccount: (request: DeleteMeRequest) => call<void>('DELETE', '/me', request),
		searchUsers: (search: string, cursor?: string) =>
			call<UsersAnswer>(
				'GET',
				`/users?search=${encodeURIComponent(search)}${cursor === undefined ? '' : `&cursor=${cursor}`}`
			),
		user: (id: string) => call<{ user: Person }>('GET', `/users/${encodeURIComponent(id)}`),
		/** What an invite link leads to; for people without account too. */
		invited: (token: string) => call<InvitedAnswer>('GET', `/invites/${encodeURIComponent(token)}`),
		acceptInvite: (token: string) =>
			call<AcceptAnswer>('POST', `/invites/${encodeURIComponent(token)}/accept`, {}),
		invites: (conversation: string) => call<InvitesAnswer>('GET', `/conversations/${conversation}/invites`),
		createInvite: (conversation: string, request: CreateInviteRequest) =>
			call<NewInviteAnswer>('POST', `/conversations/${conversation}/invites`, request),
		revokeInvite: (conversation: string, id: string) =>
			call<void>('DELETE', `/conversations/${conversation}/invites/${id}`),
		/** By the name that facts give it. Kept by no cache of the browser's: its own is wiped at logout. */
		picture: (name: string) =>
			ask({ method: 'GET', path: `/pictures/${name}`, cache: 'no-store' }, (response) => response.blob()),
		/** What lets programs in. */
		tokens: () => call<TokensAnswer>('GET', '/tokens'),
		createToken: (request: CreateTokenRequest) => call<NewTokenAnswer>('POST', '/tokens', request),
		revokeToken: (id: string) => call<void>('DELETE', `/tokens/${id}`),
		webhooks: (conversation: string) =>
			call<WebhooksAnswer>('GET', `/conversations/${conversation}/webhooks`),
		createWebhook: (conversation: string, request: CreateWebhookRequest) =>
			call<NewWebhookAnswer>('POST', `/conversations/${conversation}/webhooks`, request),
		deleteWebhook: (conversation: string, id: string) =>
			call<void>('DELETE', `/conversations/${conversation}/webhooks/${id}`),
		/** What administrators of the server alone may ask. */
		admin: {
			reports: (query: string) => call<ReportsAnswer>('GET', `/admin/reports?${query}`),
			settle: (id: number, outcome: ReportOutcome) =>
				call<{ report: ReportAnswer }>('PATCH', `/admin/reports/${id}`, { outcome }),
			accounts: (query: string) => call<AccountsAnswer>('GET', `/admin/users?${query}`),
			changeAccount: (id: string, change: ChangeAccountRequest) =>
				call<{ user: AccountAnswer }>('PATCH', `/admin/users/${id}`, change),
			endSessions: (id: string) => call<void>('DELETE', `/admin/users/${id}/sessions`),
			makeReset: (id: string) => call<{ token: string }>('POST', `/admin/users/${id}/reset`),
			registration: () => call<{ mode: RegistrationMode }>('GET', '/admin/registration'),
			setRegistration: (mode: RegistrationMode) =>
				call<{ mode: RegistrationMode }>('PUT', '/admin/registration', { mode }),
			limits: () => call<LimitsAnswer>('GET', '/admin/limits'),
			setLimits: (wanted: ChangeLimitsRequest) => call<LimitsAnswer>('PATCH', '/admin/limits', wanted),
			erasures: () => call<ErasuresAnswer>('GET', '/admin/erasures'),
			audit: (query: string) => call<AuditAnswer>('GET', `/admin/audit?${query}`)
		},
		/** Asks for what needs the server's authority: under the same id as often as it takes, and done once. */
		command: (id: string, { method, path, body, upload }: Ask, joined?: number) => {
			const sent = upload ? { body: upload.bytes, type: upload.type } : asJson(body);
			return ask({ method, path, command: id, joined, ...sent }, readJson<unknown>);
		},
		sendMessage: (request: SendMessageRequest) =>
			call<{ message: MessageAnswer }>('POST', '/messages/send', request)
	};
}

const asJson = (body: unknown): Pick<Asked, 'body' | 'type'> =>
	body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' };

async function readJson<T>(response: Response): Promise<T> {
	const text = await response.text();
	return (text === '' ? undefined : JSON.parse(text)) as T;
}

function refusal({ status, headers }: Response, text: string): Answer<never> {
	const retryAfterS = readRetryAfter(headers);
	try {
		const { error } = JSON.parse(text) as ErrorAnswer;
		return { ok: false, status, code: error.code, message: error.message, field: error.field, retryAfterS };
	} catch {
		// A proxy's own error page is no JSON of ours.
		return {
			ok: false,
			status,
			code: UNEXPECTED_ANSWER,
			message: `The server answered with status ${status}.`,
			retryAfterS
		};
	}
}

/** The API of the site that this page came from. */
export const api = createApi();
