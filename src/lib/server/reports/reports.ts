/**
 * Reports to the administrators. Who reported is told to nobody but them, and not even to one whom the report is about.
 * Each change runs within a transaction of its caller, and throws a Problem if a rule is broken.
 */
import type { z } from 'zod';
import { evidenceOf } from './evidence';
import type { NewReport, ReportedMessage, ReportRecord, ReportStore } from './reportStore';
import type { UserStore } from '../accounts/userStore';
import type { Administration } from '../administration/administration';
import type { ConversationStore } from '../conversations/conversationStore';
import { noSuchConversation, noSuchUser, Problem } from '../http/problem';
import type { RelayPort } from '../relayPort';
import type { ConversationId, UserId } from '../../domain/ids';
import { REPORTS_OPEN_MAX } from '../../domain/limits';
import type { Person } from '../../domain/people';
import type { ReportOutcome } from '../../protocol/reportReasons';
import type { ReportAnswer, ReportsAnswer, reportSchema } from '../../protocol/rest';

const REPORT_PAGE = 20;

type ReportRequest = z.output<typeof reportSchema>;

/** What is reported, and what shows it. */
interface Subject extends Pick<NewReport, 'reported' | 'conversation' | 'message'> {
	readonly shown: readonly ReportedMessage[];
}

interface ReportParts {
	readonly store: ReportStore;
	readonly users: UserStore;
	readonly conversations: ConversationStore;
	readonly administration: Administration;
	readonly relay: Pick<RelayPort, 'entries'>;
	readonly now: () => number;
}

export class Reports {
	readonly #parts: ReportParts;

	constructor(parts: ReportParts) {
		this.#parts = parts;
	}

	/** What a request is about, as the relay knows it. Throws a Problem if there is no such person or message. */
	async subjectOf(reporter: UserId, request: ReportRequest): Promise<Subject> {
		const { conversationId, message } = request;
		const subject =
			conversationId !== undefined && message !== undefined
				? await this.#message(reporter, { ...request, conversationId, message })
				: this.#person(request.userId ?? '');
		if (subject.reported === reporter) throw new Problem(400, 'invalid', 'Nobody can report themselves.');
		return subject;
	}

	/** Reported again before it is settled, nothing changes. */
	add(reporter: UserId, { reason, words = '' }: ReportRequest, { shown, ...subject }: Subject): void {
		const { store, now } = this.#parts;
		const open = store.openOf(reporter);
		const isSame = ({ reported, conversation, message }: ReportRecord) =>
			reported === subject.reported && conversation === subject.conversation && message === subject.message;
		if (open.some(isSame)) return;
		if (open.length >= REPORTS_OPEN_MAX) throw tooManyReports();
		store.insert({ at: now(), reporter, reason, words, ...subject }, shown);
	}

	/** A page, the newest first, as this administrator may see it; `before` is the id that it ends before. */
	page(
		administrator: UserId,
		{ settled, before = Number.MAX_SAFE_INTEGER }: { readonly settled: boolean; readonly before?: number }
	): ReportsAnswer {
		const { store } = this.#parts;
		const records = store.page({ settled, before, limit: REPORT_PAGE });
		const reports = records.map((record) => this.#answer(administrator, record));
		const last = records.length === REPORT_PAGE ? records.at(-1)?.id : undefined;
		return { reports, people: this.#peopleOf(reports), before: last };
	}

	/** Settled again, it stays as it was settled first. Throws a Problem if there is no such report. */
	settle(administrator: UserId, id: number, outcome: ReportOutcome): ReportAnswer {
		const { store, administration, now } = this.#parts;
		const before = store.find(id);
		if (!before) throw new Problem(404, 'no_such_report', 'There is no such report.');
		if (before.settledAt === null) {
			store.settle(id, { at: now(), by: administrator, outcome });
			administration.note(administrator, 'report-settled', before.reported, { report: { id, outcome } });
		}
		return this.#answer(administrator, store.find(id) ?? before);
	}

	#person(id: UserId): Subject {
		if (!this.#parts.users.person(id)) throw noSuchUser();
		return { reported: id, conversation: null, message: null, shown: [] };
	}

	async #message(
		reporter: UserId,
		{
			conversationId,
			message,
			shown = []
		}: ReportRequest & { conversationId: ConversationId; message: string }
	): Promise<Subject> {
		const { relay } = this.#parts;
		const readable = this.#readable(reporter, conversationId);
		const evidence = await evidenceOf(relay, readable, { message, shown });
		const reported = evidence?.message.author;
		if (!evidence || !reported)
			throw new Problem(404, 'no_such_message', 'There is no such message in this conversation.');
		return { reported, conversation: conversationId, message, shown: evidence.all };
	}

	/** Who was put out of a group may report what they read there. */
	#readable(reporter: UserId, id: ConversationId) {
		const conversation = this.#parts.conversations.find(id);
		const { members } = this.#parts.conversations;
		const reach = members.reach(id, reporter);
		if (!conversation || (!reach && !members.gone(id, reporter))) throw noSuchConversation();
		return { id, first: reach?.firstSegment ?? 0, live: conversation.live };
	}

	#answer(administrator: UserId, record: ReportRecord): ReportAnswer {
		const { id, at, reason, words, reporter, reported, conversation, message } = record;
		const { settledAt, settledBy, outcome } = record;
		const settled =
			settledAt === null || settledBy === null || outcome === null
				? undefined
				: { at: settledAt, by: settledBy, outcome };
		return {
			id,
			at,
			reason,
			words,
			reporter: reported === administrator ? undefined : reporter,
			reported,
			conversationId: conversation ?? undefined,
			message: message ?? undefined,
			messages: this.#parts.store
				.messagesOf(id)
				.map(({ author, at, ...shown }) => ({ ...shown, author: author ?? undefined, at: at ?? undefined })),
			settled
		};
	}

	#peopleOf(reports: readonly ReportAnswer[]): Person[] {
		const named = reports.flatMap(({ reporter, reported, messages, settled }) => [
			reporter,
			reported,
			settled?.by,
			...messages.map(({ author }) => author)
		]);
		return [...new Set(named)].flatMap((id) => {
			const person = id === undefined ? undefined : this.#parts.users.personOrGone(id);
			return person ? [person] : [];
		});
	}
}

const tooManyReports = () =>
	new Problem(
		409,
		'too_many_reports',
		`At most ${REPORTS_OPEN_MAX} reports of yours can wait. Wait until some of them are settled.`
	);
