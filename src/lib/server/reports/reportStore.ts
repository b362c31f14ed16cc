/** The tables of what people have reported. A settled report keeps who, what and why, and none of the words. */
import type { Database } from 'better-sqlite3';
import type { EntryId } from '../../domain/entry';
import type { ConversationId, UserId } from '../../domain/ids';
import type { ReportCheck, ReportOutcome, ReportReason } from '../../protocol/reportReasons';

/** A message as a report shows it. */
export interface ReportedMessage {
	readonly id: EntryId;
	/** Null if the relay knows no such message. */
	readonly author: UserId | null;
	/** Milliseconds since 1970. */
	readonly at: number | null;
	/** The reporter's word. */
	readonly text: string;
	/** What the relay has of it. */
	readonly checked: ReportCheck;
}

export interface NewReport {
	readonly at: number;
	readonly reporter: UserId;
	readonly reported: UserId;
	readonly reason: ReportReason;
	readonly words: string;
	/** Null if it is about the person. */
	readonly conversation: ConversationId | null;
	readonly message: EntryId | null;
}

export interface ReportRecord extends NewReport {
	readonly id: number;
	readonly settledAt: number | null;
	readonly settledBy: UserId | null;
	readonly outcome: ReportOutcome | null;
}

interface PageRequest {
	readonly settled: boolean;
	/** The id that the page ends before. */
	readonly before: number;
	readonly limit: number;
}

const COLUMNS = `id, at, reporter, reported, reason, words, conversation_id AS conversation, message_id AS message,
	settled_at AS settledAt, settled_by AS settledBy, outcome`;

export class ReportStore {
	readonly #insert;
	readonly #insertMessage;
	readonly #openOf;
	readonly #open;
	readonly #settled;
	readonly #find;
	readonly #messages;
	readonly #settle;
	readonly #dropMessages;
	readonly #eraseShown;
	readonly #eraseWords;

	constructor(db: Database) {
		this.#insert = db.prepare<[NewReport]>(
			`INSERT INTO reports (at, reporter, reported, reason, words, conversation_id, message_id)
			VALUES (@at, @reporter, @reported, @reason, @words, @conversation, @message)`
		);
		this.#insertMessage = db.prepare<[ReportedMessage & { report: number; place: number }]>(
			`INSERT INTO reported_messages (report_id, place, id, author, at, text, checked)
			VALUES (@report, @place, @id, @author, @at, @text, @checked)`
		);
		this.#openOf = db.prepare<[UserId], ReportRecord>(
			`SELECT ${COLUMNS} FROM reports WHERE reporter = ? AND settled_at IS NULL`
		);
		const page = (where: string) =>
			db.prepare<[number, number], ReportRecord>(
				`SELECT ${COLUMNS} FROM reports WHERE settled_at ${where} AND id < ? ORDER BY id DESC LIMIT ?`
			);
		this.#open = page('IS NULL');
		this.#settled = page('IS NOT NULL');
		this.#find = db.prepare<[number], ReportRecord>(`SELECT ${COLUMNS} FROM reports WHERE id = ?`);
		this.#messages = db.prepare<[number], ReportedMessage>(
			'SELECT id, author, at, text, checked FROM reported_messages WHERE report_id = ? ORDER BY place'
		);
		this.#settle = db.prepare<[number, UserId, ReportOutcome, number]>(
			"UPDATE reports SET settled_at = ?, settled_by = ?, outcome = ?, words = '' WHERE id = ?"
		);
		this.#dropMessages = db.prepare<[number]>('DELETE FROM reported_messages WHERE report_id = ?');
		this.#eraseShown = db.prepare<[UserId]>(
			"UPDATE reported_messages SET text = '', checked = 'gone' WHERE author = ?"
		);
		this.#eraseWords = db.prepare<[UserId]>("UPDATE reports SET words = '' WHERE reporter = ?");
	}

	/** The messages oldest first. */
	insert(report: NewReport, messages: readonly ReportedMessage[]): void {
		const id = Number(this.#insert.run(report).lastInsertRowid);
		messages.forEach((message, place) => this.#insertMessage.run({ ...message, report: id, place }));
	}

	/** What a user has reported and nobody has settled. */
	openOf(reporter: UserId): ReportRecord[] {
		return this.#openOf.all(reporter);
	}

	/** The newest first. */
	page({ settled, before, limit }: PageRequest): ReportRecord[] {
		return (settled ? this.#settled : this.#open).all(before, limit);
	}

	find(id: number): ReportRecord | undefined {
		return this.#find.get(id);
	}

	/** Oldest first. */
	messagesOf(id: number): ReportedMessage[] {
		return this.#messages.all(id);
	}

	/** All that it says in words goes. */
	settle(
		id: number,
		how: { readonly at: number; readonly by: UserId; readonly outcome: ReportOutcome }
	): void {
		this.#settle.run(how.at, how.by, how.outcome, id);
		this.#dropMessages.run(id);
	}

	/** Of somebody who wants nothing left of what they wrote: reports show it no longer, and hold no words of theirs. */
	eraseTextsOf(user: UserId): void {
		this.#eraseShown.run(user);
		this.#eraseWords.run(user);
	}
}
