/** The composition of the server: everything it is made of, built once from the settings and the ports. */
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Logger } from 'pino';
import { AccountMails } from './accounts/accountMails';
import { Administration } from './administration/administration';
import { LimitChanges } from './administration/limitChanges';
import { ServerLimits } from './administration/serverLimits';
import { fixedLimits, standardLimits } from './administration/standardLimits';
import { Registration } from './administration/registration';
import { Accounts } from './accounts/accounts';
import { Blocks } from './accounts/blocks';
import { BlockStore } from './accounts/blockStore';
import { Credentials } from './accounts/credentials';
import { Deletions } from './accounts/deletions';
import { Erasures } from './accounts/erasures';
import { PeopleSearch } from './accounts/peopleSearch';
import { Profiles } from './accounts/profiles';
import { UserStore } from './accounts/userStore';
import { Passwords } from './auth/passwords';
import { ResetStore } from './auth/resetStore';
import { Sessions } from './auth/sessions';
import { CommandLog } from './commands/commandLog';
import { retellFrom } from './commands/retell';
import { Conversations } from './conversations/conversations';
import { EmptyConversations } from './conversations/emptyConversations';
import { ConversationStore } from './conversations/conversationStore';
import { Groups } from './conversations/groups';
import { Invites } from './conversations/invites';
import { InviteStore } from './conversations/inviteStore';
import { JoinRequestStore } from './conversations/joinRequestStore';
import { Joins } from './conversations/joins';
import { Membership } from './conversations/membership';
import { relayAccess } from './conversations/relayAccess';
import { afterMs } from './afterMs';
import { openDatabase } from './database';
import { lockData } from './dataLock';
import { explainStart } from './startProblem';
import { MadeOnce } from './http/madeOnce';
import { RateLimits } from './limits/rateLimits';
import { Tellings } from './limits/tellings';
import { Mailer } from './mail/mailer';
import { MailQueue } from './mail/mailQueue';
import { sendBySmtp, sendToFiles, type SendMail } from './mail/sendMail';
import { Messages } from './messages/messages';
import { Moderation } from './messages/moderation';
import { Metrics } from './metrics/metrics';
import { PictureIntake } from './pictures/pictureIntake';
import { PictureStore } from './pictures/pictureStore';
import { ProjectedFacts } from './projections/projectedFacts';
import { ProjectionsDue } from './projections/projectionsDue';
import { Projector } from './projections/projector';
import { lineSecret } from './relayLine/lineSecret';
import { RemoteRelay } from './relayLine/remoteRelay';
import { Reports } from './reports/reports';
import { ReportStore } from './reports/reportStore';
import { SegmentKeeper } from './segments/segmentKeeper';
import { SegmentStore } from './segments/segmentStore';
import { callWebhookWith } from './webhooks/callWebhook';
import { isAmong } from './webhooks/addresses';
import { WebhookDeliveries } from './webhooks/deliveries';
import { Webhooks } from './webhooks/webhooks';
import { WebhookStore } from './webhooks/webhookStore';
import type { MakeRelay, SegmentState } from './relayPort';
import type { Settings } from './settings';
import type { SkeinServer } from './skeinServer';
import type { RandomBytes } from '../domain/ids';
import type { Relay } from '../../../sync-server/ports';
import { RELAY_LIMITS } from '../../../sync-server/limits';
import { createRelay } from '../../../sync-server/relay';
import { roomsAhead } from '../../../sync-server/sqliteRoomTables';
import { sqliteRoomStore } from '../../../sync-server/sqliteRoomStore';
import { truncateLog } from '../../../sync-server/truncateLog';

/** The relay over the server's own database. */
export const relayOnSqlite = ({ db, ...options }: Parameters<MakeRelay>[0]): Relay =>
	createRelay({ store: sqliteRoomStore(db, options.now), ...options });

/** The relay that the settings name: one that runs by itself, or one in this process. */
export const relayFor =
	(settings: Settings): MakeRelay =>
	(parts) => {
		const { relayUrl: url, dataFolder } = settings;
		if (url === undefined) return relayOnSqlite(parts);
		const secret = lineSecret(dataFolder, parts.randomBytes);
		return new RemoteRelay({ url, secret, after: afterMs, ...parts });
	};

export interface ServerPorts {
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
	readonly log: Logger;
	readonly makeRelay: MakeRelay;
	/** True if the metrics are to tell of the process too. */
	readonly ownsProcess?: boolean;
}

/**
 * Opens the database, finishes what an earlier run left undone, and returns the running parts. Throws a StartProblem if
 * the database cannot be opened.
 */
export async function createServer(settings: Settings, ports: ServerPorts): Promise<SkeinServer> {
	const file = join(settings.dataFolder, 'skein.db');
	const opened: (() => void)[] = [];
	try {
		opened.push(lockData(settings.dataFolder, 'app'));
		if (settings.relayUrl === undefined) opened.push(lockData(settings.dataFolder, 'relay'));
		const db = openDatabase(file);
		opened.unshift(() => void db.close());
		return await runOn(db, settings, ports, () => opened.forEach((close) => close()));
	} catch (error) {
		for (const close of opened) close();
		throw explainStart(error, file);
	}
}

async function runOn(
	db: Database,
	settings: Settings,
	{ now, randomBytes, log, makeRelay, ownsProcess = false }: ServerPorts,
	close: () => void
): Promise<SkeinServer> {
	const users = new UserStore(db);
	const pictures = new PictureStore(db);
	const store = new ConversationStore(db);
	const requests = new JoinRequestStore(db);
	const blockStore = new BlockStore(db);
	const reportStore = new ReportStore(db);
	const due = new ProjectionsDue(db);
	const sessions = new Sessions({ db, now, randomBytes });
	const passwords = new Passwords(db, randomBytes);
	const resets = new ResetStore(db, randomBytes);
	const queue = new MailQueue(db);
	const webhookStore = new WebhookStore(db);
	const accountMails = new AccountMails({ users, resets, now });
	const mailer = new Mailer({
		queue,
		compose: (due) => accountMails.compose(due),
		send: sendMailAs(settings, { now, log }),
		now,
		after: afterMs,
		log
	});
	const access = relayAccess({ sessions, members: store.members, blocks: blockStore }, settings);
	const segments = new SegmentStore(db);
	const onSegment = (state: SegmentState) => keeper.take(state);
	const onRetry = () => {
		deliveries.lookEverywhere();
		void Promise.all([projector.bringUp(), erasures.run()]);
	};
	const onWritten = (room: string) => deliveries.heard(room);
	const metrics = new Metrics({ ofProcess: ownsProcess });
	const { metricsToken } = settings;
	const limits = new ServerLimits({ db, standard: standardLimits(settings, RELAY_LIMITS) });
	const meters = metrics.relay;
	const relay = makeRelay({
		db,
		access,
		now,
		randomBytes,
		log,
		onSegment,
		onWritten,
		onRetry,
		meters,
		limits: { ...settings.relayLimits, ...limits.ofRelay }
	});
	metrics.watch(relay.stats?.bind(relay));
	const facts = new ProjectedFacts({ users, conversations: store, requests, blocks: blockStore, segments });
	const projector = new Projector({ due, facts, relay, log });
	const erasures = new Erasures({ db, relay, now, after: afterMs, log });
	const keeper = new SegmentKeeper({ db, conversations: store, segments, due, projector, relay, log });
	const ahead = roomsAhead(db);
	const conversations = new Conversations({
		db,
		users,
		blocks: blockStore,
		store,
		due,
		letRunAhead: ahead.raise,
		now,
		randomBytes
	});
	const joins = new Joins({
		store,
		requests,
		due,
		ranAhead: ahead.of,
		letRunAhead: ahead.raise,
		now,
		randomBytes
	});
	const inviteStore = new InviteStore(db);
	const { members } = store;
	const emptyConversations = new EmptyConversations({
		db,
		members,
		requests,
		pictures,
		due,
		relay,
		now,
		after: afterMs,
		log
	});
	const inGroups = {
		conversations,
		store,
		users,
		blocks: blockStore,
		joins,
		invites: inviteStore,
		emptyConversations,
		due,
		now,
		randomBytes
	};
	const credentials = new Credentials({
		db,
		users,
		passwords,
		resets,
		sessions,
		webhooks: webhookStore,
		queue,
		mailer,
		relay,
		now,
		origin: settings.origin,
		log
	});
	const webhooks = new Webhooks({
		store: webhookStore,
		conversations,
		users,
		relay,
		isOwnNetwork: (host) => isAmong(host, settings.webhookAddresses),
		now,
		randomBytes,
		onChange: (conversation) => deliveries.changed(conversation)
	});
	const deliveries = new WebhookDeliveries({
		store: webhookStore,
		webhooks,
		relay,
		call: callWebhookWith(settings.webhookAddresses),
		now,
		after: afterMs,
		log
	});
	const membership = new Membership(inGroups);
	const search = new PeopleSearch(db);
	const administration = new Administration({
		db,
		users,
		search,
		sessions,
		now,
		named: settings.administrator,
		resets,
		webhooks: webhookStore
	});
	const deletions = new Deletions({
		db,
		users,
		administration,
		credentials,
		sessions,
		membership,
		members,
		emptyConversations,
		requests,
		pictures,
		reports: reportStore,
		erasures,
		mailer,
		due,
		projector,
		relay,
		now,
		truncateLog: () => truncateLog(db)
	});
	await sessions.deleteExpired();
	await projector.bringUp();
	void erasures.run();
	void emptyConversations.run();
	mailer.poke();
	deliveries.lookEverywhere();
	const invites = new Invites({ ...inGroups, requests });
	const registration = new Registration({ db, invites, administration, limits });
	const rates = new RateLimits({
		folder: settings.dataFolder,
		factor: settings.rateFactor,
		now
	});
	const limitChanges = new LimitChanges({ limits, administration, rates, relay });
	limitChanges.apply();
	return {
		log,
		rates,
		tellings: new Tellings({ db, due, members: store.members, projector, rates }),
		corsOrigins: settings.corsOrigins,
		sessions,
		accounts: new Accounts({
			db,
			users,
			passwords,
			registration,
			administration,
			due,
			projector,
			now,
			randomBytes
		}),
		credentials,
		deletions,
		erasures,
		emptyConversations,
		profiles: new Profiles({ db, users, pictures, due }),
		pictures,
		pictureIntake: new PictureIntake(),
		people: users,
		search,
		administration,
		madeOnce: new MadeOnce(),
		limits,
		limitChanges,
		fixedLimits: fixedLimits(settings, RELAY_LIMITS),
		registration,
		reports: new Reports({ store: reportStore, users, conversations: store, administration, relay, now }),
		blocks: new Blocks({ users, blocks: blockStore, due, now }),
		conversations,
		moderation: new Moderation({ conversations, due }),
		groups: new Groups({ ...inGroups, pictures }),
		membership,
		invites,
		webhooks,
		keeper,
		commands: new CommandLog({ db, now, retell: retellFrom({ conversations: store, administration }) }),
		messages: new Messages({ relay, segments, keeper }),
		projector,
		relay,
		metrics,
		metricsToken,
		health: () => (canRead(db) ? relay.health() : { status: 'failing' }),
		closeDatabase() {
			keeper.stop();
			projector.stop();
			erasures.stop();
			emptyConversations.stop();
			void mailer.stop();
			void deliveries.stop();
			rates.close();
			close();
		}
	};
}

/** By SMTP, or into files beside the database. */
function sendMailAs({ mail, dataFolder }: Settings, ports: Pick<ServerPorts, 'now' | 'log'>): SendMail {
	if (mail.smtpUrl !== undefined) return sendBySmtp(mail.smtpUrl, mail.from);
	return sendToFiles(join(dataFolder, 'mail'), { from: mail.from, ...ports });
}

function canRead(db: Database): boolean {
	try {
		return db.prepare('SELECT count(*) FROM (SELECT 1 FROM users LIMIT 1)').get() !== undefined;
	} catch {
		// Why, those say who wanted something of it.
		return false;
	}
}
