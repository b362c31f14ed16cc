import ipaddr from 'ipaddr.js';
import { readRelayLimits } from './relayLimits';
import { StartProblem } from './startProblem';
import { readMailSettings, type MailSettings } from './mail/mailSettings';
import type { RelayLimitSettings } from './relayPort';

/** What the environment says, read once. `.env.example` tells people about it. */
export interface Settings {
	/** The folder that holds `skein.db`. */
	readonly dataFolder: string;
	readonly logLevel: string;
	/** Where the relay runs by itself; undefined means in the app's process. */
	readonly relayUrl: URL | undefined;
	/** The one origin people reach the server at; undefined means the address that each request came to. */
	readonly origin: string | undefined;
	/** Request headers, in lower case, that say how a request came: set by the entry or by a trusted proxy. */
	readonly protocolHeader: string | undefined;
	readonly hostHeader: string | undefined;
	/** Opens the metrics to who knows it. */
	readonly metricsToken: string | undefined;
	readonly relayLimits: RelayLimitSettings;
	readonly mail: MailSettings;
	/** Multiplies how often things may be asked for; 0 lets them be asked as often as anybody likes. */
	readonly rateFactor: number;
	/** The username of the administrator; undefined means whoever has the first account. */
	readonly administrator: string | undefined;
	/** Pages of these origins may call the API with a token. */
	readonly corsOrigins: readonly string[];
	/** Addresses and ranges of the operator's own network that webhooks may call. */
	readonly webhookAddresses: readonly string[];
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Throws a StartProblem in plain words if a setting makes no sense. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
	const logLevel = env.SKEIN_LOG || 'info';
	if (!LOG_LEVELS.includes(logLevel))
		throw new StartProblem(`SKEIN_LOG is "${logLevel}": use one of ${LOG_LEVELS.join(', ')}`);
	const origin = env.ORIGIN || undefined;
	if (origin !== undefined && !URL.canParse(origin))
		throw new StartProblem(`ORIGIN is "${origin}": write it like https://chat.example`);
	return {
		dataFolder: env.SKEIN_DATA || 'data',
		logLevel,
		relayUrl: readRelayUrl(env.RELAY_URL),
		origin: origin && new URL(origin).origin,
		protocolHeader: env.PROTOCOL_HEADER?.toLowerCase() || undefined,
		hostHeader: env.HOST_HEADER?.toLowerCase() || undefined,
		metricsToken: readMetricsToken(env.METRICS_TOKEN),
		relayLimits: readRelayLimits(env),
		mail: readMailSettings(env),
		administrator: env.SKEIN_ADMIN || undefined,
		rateFactor: readRateFactor(env.SKEIN_RATE_FACTOR),
		corsOrigins: readCorsOrigins(env.SKEIN_CORS_ORIGINS),
		webhookAddresses: readAddresses(env.SKEIN_WEBHOOK_ADDRESSES)
	};
}

function readRelayUrl(given: string | undefined): URL | undefined {
	if (!given) return undefined;
	if (URL.canParse(given) && new URL(given).protocol === 'http:') return new URL(given);
	throw new StartProblem(`RELAY_URL is "${given}": write it like http://127.0.0.1:3001`);
}

function readRateFactor(given: string | undefined): number {
	const factor = Number(given || 1);
	if (Number.isFinite(factor) && factor >= 0) return factor;
	throw new StartProblem(`SKEIN_RATE_FACTOR is "${given}": use a number, such as 2, or 0 for no limits`);
}

function readCorsOrigins(given = ''): string[] {
	return given
		.split(',')
		.map((origin) => origin.trim())
		.filter((origin) => origin !== '')
		.map((origin) => {
			const isOne = !origin.includes('*') && URL.canParse(origin) && new URL(origin).origin === origin;
			if (isOne) return origin;
			throw new StartProblem(`SKEIN_CORS_ORIGINS holds "${origin}": write origins like https://page.example`);
		});
}

function readAddresses(given = ''): string[] {
	const addresses = given
		.split(',')
		.map((address) => address.trim())
		.filter((address) => address !== '');
	for (const address of addresses)
		if (!ipaddr.isValid(address) && !ipaddr.isValidCIDR(address))
			throw new StartProblem(
				`SKEIN_WEBHOOK_ADDRESSES holds "${address}": write addresses like 10.0.0.7 or ranges like 10.0.0.0/8`
			);
	return addresses;
}

/** One that can be guessed is worse than none. */
const METRICS_TOKEN_MIN = 16;

function readMetricsToken(given: string | undefined): string | undefined {
	if (!given) return undefined;
	if (given.length >= METRICS_TOKEN_MIN) return given;
	throw new StartProblem(`METRICS_TOKEN is too short: use at least ${METRICS_TOKEN_MIN} characters`);
}
