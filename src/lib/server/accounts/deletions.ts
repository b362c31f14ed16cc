/**
 * Deleting an account. What it was known by and all that opens it go in one transaction, with a note of what is still to
 * be erased (erasures); that is looked for once its sockets are closed, so that nothing comes behind.
 */
import type { Asker } from '../http/asker';
import type { Database } from 'better-sqlite3';
import type { Administration } from '../administration/administration';
import type { Credentials } from './credentials';
import type { Erasures } from './erasures';
import type { UserStore } from './userStore';
import type { Sessions } from '../auth/sessions';
import type { EmptyConversations } from '../conversations/emptyConversations';
import type { Membership } from '../conversations/membership';
import type { MemberStore } from '../conversations/memberStore';
import type { JoinRequestStore } from '../conversations/joinRequestStore';
import type { Mailer } from '../mail/mailer';
import type { PictureStore } from '../pictures/pictureStore';
import type { ProjectionsDue } from '../projections/projectionsDue';
import type { Projector } from '../projections/projector';
import type { RelayPort } from '../relayPort';
import type { ReportStore } from '../reports/reportStore';
import type { UserId } from '../../domain/ids';
import { NAME_HELD_MS } from '../../domain/limits';
import type { OwnUser } from '../../protocol/rest';

export interface DeletionParts {
	readonly db: Database;
	readonly users: UserStore;
	readonly administration: Administration;
	readonly credentials: Credentials;
	readonly sessions: Sessions;
	readonly membership: Membership;
	readonly members: MemberStore;
	readonly emptyConversations: Pick<EmptyConversations, 'deleted'>;
	readonly requests: JoinRequestStore;
	readonly pictures: PictureStore;
	readonly reports: ReportStore;
	readonly mailer: Mailer;
	readonly erasures: Erasures;
	readonly due: ProjectionsDue;
	readonly projector: Pick<Projector, 'follow'>;
	readonly relay: Pick<RelayPort, 'dropSession'>;
	readonly now: () => number;
	/** Empties the write-ahead log, in which deleted rows still stand; not if it is in use just now. */
	readonly truncateLog: () => boolean;
}

interface HowDeleted {
	readonly erase: boolean;
	readonly successor: UserId | undefined;
	readonly asker: Asker;
}

/** Rows that are of no use without the account. Those of the user stay, see userStore. */
const GOES_TOO = [
	'DELETE FROM passwords WHERE user_id = @user',
	'DELETE FROM password_resets WHERE user_id = @user',
	'DELETE FROM blocks WHERE user_id = @user OR blocked_id = @user',
	'DELETE FROM join_requests WHERE user_id = @user',
	'DELETE FROM invite_uses WHERE user_id = @user',
	'DELETE FROM webhooks WHERE made_by = @user',
	'DELETE FROM commands WHERE user_id = @user'
];

export class Deletions {
	readonly #parts: DeletionParts;
	readonly #goesToo;

	constructor(parts: DeletionParts) {
		const { db } = parts;
		this.#parts = parts;
		this.#goesToo = GOES_TOO.map((sql) => db.prepare<[{ readonly user: UserId }]>(sql));
	}

	/**
	 * Nobody can log in to it from now on, and it is found by nobody. `erase`: all that the user wrote goes too, when
	 * the erasures run. What the documents must say goes on behind it. Throws a Problem if the password is wrong, or if the
	 * server would be without an administrator: who administers it names a `successor`.
	 */
	async delete(
		user: OwnUser,
		{ password, ...how }: HowDeleted & { readonly password: string }
	): Promise<void> {
		const { db, credentials, mailer, projector, relay, truncateLog } = this.#parts;
		await credentials.refuseWrong(user.id, password);
		const remove = db.transaction(() => this.#delete(user, how));
		const { result: ended } = projector.follow(user.id, () => remove.immediate());
		for (const session of ended) relay.dropSession(session);
		try {
			truncateLog();
		} catch {
			// The account is deleted all the same; what the relay erases empties the log once more.
		}
		mailer.poke();
	}

	/** Returns the sessions that have ended, as the relay knows them. */
	#delete(user: OwnUser, { erase, successor, asker }: HowDeleted): string[] {
		const { users, credentials, sessions, membership, members, requests, pictures, erasures, due, now } =
			this.#parts;
		const { id } = user;
		this.#parts.administration.leave(id, successor);
		due.addEverywhere(id);
		for (const conversation of members.formerConversations(id)) due.addInfo(conversation);
		for (const group of requests.ofUser(id)) due.addInfo(group.id);
		membership.leaveAll(id);
		for (const statement of this.#goesToo) statement.run({ user: id });
		users.delete(id, { now: now(), heldUntil: now() + NAME_HELD_MS });
		this.#parts.emptyConversations.deleted(id);
		pictures.letGo(user.picture);
		if (erase) this.#parts.reports.eraseTextsOf(id);
		erasures.add(id, erase ? 'all' : 'private');
		if (user.email !== undefined) credentials.tellDeleted(user.email, asker);
		return sessions.endForGood(id);
	}
}
