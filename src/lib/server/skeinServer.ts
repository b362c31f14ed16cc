/** The parts of the running server that routes use; app.ts puts them together. */
import type { Logger } from 'pino';
import type { Administration } from './administration/administration';
import type { MadeOnce } from './http/madeOnce';
import type { LimitChanges } from './administration/limitChanges';
import type { ServerLimits } from './administration/serverLimits';
import type { FixedLimit } from '../protocol/serverLimits';
import type { Registration } from './administration/registration';
import type { Accounts } from './accounts/accounts';
import type { Credentials } from './accounts/credentials';
import type { Deletions } from './accounts/deletions';
import type { Erasures } from './accounts/erasures';
import type { Metrics } from './metrics/metrics';
import type { Blocks } from './accounts/blocks';
import type { PeopleSearch } from './accounts/peopleSearch';
import type { Profiles } from './accounts/profiles';
import type { UserStore } from './accounts/userStore';
import type { Sessions } from './auth/sessions';
import type { CommandLog } from './commands/commandLog';
import type { EmptyConversations } from './conversations/emptyConversations';
import type { Conversations } from './conversations/conversations';
import type { Groups } from './conversations/groups';
import type { Invites } from './conversations/invites';
import type { Membership } from './conversations/membership';
import type { SegmentKeeper } from './segments/segmentKeeper';
import type { Webhooks } from './webhooks/webhooks';
import type { RateLimits } from './limits/rateLimits';
import type { Tellings } from './limits/tellings';
import type { Messages } from './messages/messages';
import type { Moderation } from './messages/moderation';
import type { PictureIntake } from './pictures/pictureIntake';
import type { PictureStore } from './pictures/pictureStore';
import type { Projector } from './projections/projector';
import type { RelayHealth, RelayPort } from './relayPort';
import type { Reports } from './reports/reports';

export interface SkeinServer {
	readonly log: Logger;
	readonly rates: RateLimits;
	readonly tellings: Tellings;
	/** Pages of these origins may call the API with a token. */
	readonly corsOrigins: readonly string[];
	readonly sessions: Sessions;
	readonly administration: Administration;
	readonly madeOnce: MadeOnce;
	readonly limits: ServerLimits;
	readonly limitChanges: LimitChanges;
	readonly fixedLimits: Readonly<Record<FixedLimit, number | undefined>>;
	readonly registration: Registration;
	readonly accounts: Accounts;
	readonly credentials: Credentials;
	readonly deletions: Deletions;
	readonly erasures: Erasures;
	readonly emptyConversations: EmptyConversations;
	readonly profiles: Profiles;
	readonly pictures: PictureStore;
	readonly pictureIntake: PictureIntake;
	readonly people: UserStore;
	readonly search: PeopleSearch;
	readonly blocks: Blocks;
	readonly conversations: Conversations;
	readonly groups: Groups;
	readonly membership: Membership;
	readonly invites: Invites;
	readonly webhooks: Webhooks;
	readonly commands: CommandLog;
	/** Knows how the segments stand. */
	readonly keeper: SegmentKeeper;
	readonly messages: Messages;
	readonly moderation: Moderation;
	readonly reports: Reports;
	readonly projector: Projector;
	readonly relay: RelayPort;
	readonly metrics: Metrics;
	/** Opens the metrics to who knows it. */
	readonly metricsToken: string | undefined;
	/** For those who watch over it. `failing`: the database does not answer. */
	health(): { readonly status: RelayHealth['status'] | 'failing'; readonly reason?: string };
	/** The last thing: the relay must have been closed before. */
	closeDatabase(): void;
}
