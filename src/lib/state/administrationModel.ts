import { refusalOf, type AccountRefusal } from './accountModel';
import type { Emitter } from '../sync/emitter';
import type { Answer } from '../sync/answer';
import type { Device } from '../sync/device';
import type { RegistrationMode } from '../protocol/registration';
import type { ReportOutcome } from '../protocol/reportReasons';
import type {
	AccountsAnswer,
	AuditAnswer,
	ChangeAccountRequest,
	ChangeLimitsRequest,
	ErasuresAnswer,
	LimitsAnswer,
	ReportsAnswer
} from '../protocol/rest';

type Asked<T> = Promise<T | AccountRefusal>;

/** What an administrator of the server does. The server checks with each call who asks, and nothing is kept here. */
export interface AdministrationModel {
	/** The newest first; `before` is the id that the page ends before. */
	reports(page: { readonly settled: boolean; readonly before?: number }): Asked<ReportsAnswer>;
	/** Its words are erased with that. */
	settle(id: number, outcome: ReportOutcome): Promise<AccountRefusal | undefined>;
	accounts(search: string, cursor?: string): Asked<AccountsAnswer>;
	/** Suspends or readmits, makes an administrator or takes that back. */
	changeAccount(id: string, change: ChangeAccountRequest): Promise<AccountRefusal | undefined>;
	endSessions(id: string): Promise<AccountRefusal | undefined>;
	/** A link to set a new password by, told this once. */
	makeResetLink(id: string): Asked<{ readonly link: string }>;
	registration(): Asked<{ readonly mode: RegistrationMode }>;
	setRegistration(mode: RegistrationMode): Promise<AccountRefusal | undefined>;
	limits(): Asked<LimitsAnswer>;
	/** Answers what holds then. */
	setLimits(wanted: ChangeLimitsRequest): Asked<LimitsAnswer>;
	/** How far what deleted users wrote is erased. */
	erasures(): Asked<ErasuresAnswer>;
	/** The newest first; `before` is the id that the page ends before. */
	audit(before?: number): Asked<AuditAnswer>;
	/** Something was done here, and stands in the audit log now. */
	onDone(listener: () => void): () => void;
}

const valueOf = <T>(answer: Answer<T>): T | AccountRefusal => (answer.ok ? answer.value : answer);

const query = (given: Readonly<Record<string, string | number | undefined>>): string =>
	new URLSearchParams(
		Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
	).toString();

/** @param done Told of each thing that was done here. */
export function createAdministrationModel(
	{ api: { admin } }: Device,
	done: Emitter<void>
): AdministrationModel {
	async function doing<T>(asked: Promise<Answer<T>>): Promise<Answer<T>> {
		const answer = await asked;
		if (answer.ok) done.emit();
		return answer;
	}
	return {
		reports: async ({ settled, before }) =>
			valueOf(await admin.reports(query({ settled: settled ? 1 : 0, before }))),
		settle: async (id, outcome) => refusalOf(await doing(admin.settle(id, outcome))),
		accounts: async (search, cursor) => valueOf(await admin.accounts(query({ search, cursor }))),
		changeAccount: async (id, change) => refusalOf(await doing(admin.changeAccount(id, change))),
		endSessions: async (id) => refusalOf(await doing(admin.endSessions(id))),
		async makeResetLink(id) {
			const answer = await doing(admin.makeReset(id));
			return answer.ok ? { link: `${location.origin}/reset#${answer.value.token}` } : answer;
		},
		registration: async () => valueOf(await admin.registration()),
		setRegistration: async (mode) => refusalOf(await doing(admin.setRegistration(mode))),
		limits: async () => valueOf(await admin.limits()),
		setLimits: async (wanted) => valueOf(await doing(admin.setLimits(wanted))),
		erasures: async () => valueOf(await admin.erasures()),
		audit: async (before) => valueOf(await admin.audit(query({ before }))),
		onDone: done.on
	};
}
