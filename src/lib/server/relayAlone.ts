/**
 * The composition of a relay that runs by itself, on the database that it shares with the app: it alone writes the
 * rooms, and reads the tables of people and conversations. The app asks it over a line.
 */
import { join } from 'node:path';
import type { Logger } from 'pino';
import { Sessions } from './auth/sessions';
import { BlockStore } from './accounts/blockStore';
import { MemberStore } from './conversations/memberStore';
import { relayAccess } from './conversations/relayAccess';
import { ServerLimits } from './administration/serverLimits';
import { standardLimits } from './administration/standardLimits';
import { afterMs } from './afterMs';
import { openDatabase } from './database';
import { LineDesk } from './relayLine/lineDesk';
import { lineSecret } from './relayLine/lineSecret';
import { lockData } from './dataLock';
import { Metrics } from './metrics/metrics';
import { metricsAnswer } from './metrics/metricsAnswer';
import { explainStart } from './startProblem';
import type { MetricsRequest } from './metrics/metricsAccess';
import type { RelayHealth } from './relayPort';
import type { Settings } from './settings';
import type { RandomBytes } from '../domain/ids';
import { RELAY_LIMITS } from '../../../sync-server/limits';
import { createRelay } from '../../../sync-server/relay';
import { sqliteRoomStore } from '../../../sync-server/sqliteRoomStore';
import type { Relay } from '../../../sync-server/ports';

export interface RelayAlone {
	readonly handleUpgrade: Relay['handleUpgrade'];
	health(): RelayHealth;
	/** The answer to `GET /metrics`. */
	metrics(request: MetricsRequest): Promise<Response>;
	/** Ends after the last commit. */
	close(): Promise<void>;
}

export interface RelayAlonePorts {
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
	readonly log: Logger;
	/** True if the metrics are to tell of the process too. */
	readonly ownsProcess?: boolean;
}

/** Throws a StartProblem if the database cannot be opened, or another process has its relay. */
export function createRelayAlone(
	settings: Settings,
	{ now, randomBytes, log, ownsProcess = false }: RelayAlonePorts
): RelayAlone {
	const file = join(settings.dataFolder, 'skein.db');
	const opened: (() => void)[] = [];
	const closeAll = () => opened.splice(0).forEach((close) => close());
	try {
		opened.unshift(lockData(settings.dataFolder, 'relay'));
		const db = openDatabase(file);
		opened.unshift(() => void db.close());
		const desk = new LineDesk({ secret: lineSecret(settings.dataFolder, randomBytes), log, after: afterMs });
		const parts = {
			sessions: new Sessions({ db, now, randomBytes }),
			members: new MemberStore(db),
			blocks: new BlockStore(db)
		};
		const metrics = new Metrics({ ofProcess: ownsProcess });
		const limits = new ServerLimits({ db, standard: standardLimits(settings, RELAY_LIMITS) });
		const relay = createRelay({
			store: sqliteRoomStore(db, now),
			access: relayAccess(parts, settings),
			now,
			randomBytes,
			log,
			limits: { ...settings.relayLimits, ...limits.ofRelay },
			meters: metrics.relay,
			onSegment: (state) => desk.segment(state),
			onWritten: (room) => desk.written(room),
			onRetry: () => desk.retry()
		});
		metrics.watch(() => relay.stats());
		desk.serve(relay, () => {
			// An administrator may have set others while the line was down.
			relay.limit(limits.ofRelay);
			void relay.checkEveryone();
		});
		return {
			handleUpgrade: (request, socket, head) =>
				desk.handleUpgrade(request, socket, head) || relay.handleUpgrade(request, socket, head),
			health: () => relay.health(),
			metrics: (request) => metricsAnswer(metrics, settings.metricsToken, request),
			async close() {
				await relay.close();
				desk.close();
				closeAll();
			}
		};
	} catch (error) {
		closeAll();
		throw explainStart(error, file);
	}
}
