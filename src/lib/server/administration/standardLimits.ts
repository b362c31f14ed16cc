/** The limits that hold if no administrator sets others: what the environment says, and else what Skein does. */
import { RATES } from '../limits/rates';
import {
	API_TOKENS_MAX,
	CONVERSATIONS_BY_OTHERS_MAX,
	CONVERSATIONS_OF_USER_MAX,
	MEMBERS_MAX,
	MESSAGE_TEXT_MAX,
	PICTURE_UPLOAD_BYTES_MAX,
	WEBHOOKS_MAX
} from '../../domain/limits';
import type { FixedLimit } from '../../protocol/serverLimits';
import type { RelayLimitSettings } from '../relayPort';
import type { Settings } from '../settings';
import type { StandardLimits } from './serverLimits';

const MB = 1_000_000;

/** What of the relay's own limits is told and may be set. */
export type RelayStandard = Required<RelayLimitSettings>;
type Environment = Pick<Settings, 'relayLimits' | 'rateFactor'>;

/** Undefined if rates are not counted at all. */
const timesOf = (times: number, factor: number): number | undefined =>
	factor === 0 ? undefined : Math.max(1, Math.floor(times * factor));

/** `relay`: what it holds people to if the environment says nothing. */
export function standardLimits(
	{ relayLimits, rateFactor }: Environment,
	relay: RelayStandard
): StandardLimits {
	const { socketsMax, roomBytesMax, userBytesMax } = { ...relay, ...relayLimits };
	return {
		userStoreMb: userBytesMax / MB,
		roomStoreMb: roomBytesMax / MB,
		userSockets: socketsMax,
		accounts: undefined,
		registrationsPerHour: timesOf(RATES.register.address.times, rateFactor)
	};
}

/** What cannot be set while the server runs. Undefined: it is not limited. */
export function fixedLimits(
	{ relayLimits, rateFactor }: Environment,
	relay: RelayStandard
): Readonly<Record<FixedLimit, number | undefined>> {
	const { bytes } = { ...relay, ...relayLimits };
	return {
		userKbPerSecond: bytes.perSecond / 1_000,
		groupMembers: MEMBERS_MAX,
		conversationsOfUser: CONVERSATIONS_OF_USER_MAX,
		conversationsByOthers: CONVERSATIONS_BY_OTHERS_MAX,
		conversationsBegunPerHour: timesOf(RATES.begin.account.times, rateFactor),
		groupChangesPerHour: timesOf(RATES.change.account.times, rateFactor),
		messageCharacters: MESSAGE_TEXT_MAX,
		pictureUploadMb: PICTURE_UPLOAD_BYTES_MAX / MB,
		tokensOfUser: API_TOKENS_MAX,
		webhooksOfConversation: WEBHOOKS_MAX,
		loginTries: timesOf(RATES.login.pair.times, rateFactor),
		sendsPerMinute: timesOf(RATES.send.account.times, rateFactor),
		searchesPerMinute: timesOf(RATES.search.account.times, rateFactor),
		pagesPerMinute: timesOf(RATES.page.account.times, rateFactor),
		peopleToldPerQuarter: timesOf(RATES.tell.account.times, rateFactor)
	};
}
