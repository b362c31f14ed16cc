import { StartProblem } from './startProblem';
import type { RelayLimitSettings } from './relayPort';

type Env = Readonly<Record<string, string | undefined>>;

const KB = 1_000;
const MB = 1_000_000;
/** What may arrive at once, in seconds of the steady rate: a device comes back with all that it has written. */
const BURST_SECONDS = 16;

/** What the environment says of how much one user may have, and all of them together. Throws a StartProblem in plain words if it makes no sense. */
export function readRelayLimits(env: Env): RelayLimitSettings {
	const socketsMax = readCount(env, 'SKEIN_USER_SOCKETS');
	const kbPerSecond = readCount(env, 'SKEIN_USER_KB_PER_SECOND');
	const roomMb = readCount(env, 'SKEIN_USER_ROOM_MB');
	const storeMb = readCount(env, 'SKEIN_USER_STORE_MB');
	const openMb = readCount(env, 'SKEIN_OPEN_ROOMS_MB');
	const perSecond = (kbPerSecond ?? 0) * KB;
	return {
		...(socketsMax !== undefined && { socketsMax }),
		...(kbPerSecond !== undefined && { bytes: { perSecond, burst: BURST_SECONDS * perSecond } }),
		...(roomMb !== undefined && { roomBytesMax: roomMb * MB }),
		...(storeMb !== undefined && { userBytesMax: storeMb * MB }),
		...(openMb !== undefined && { allOpenBytesMax: openMb * MB })
	};
}

function readCount(env: Env, name: string): number | undefined {
	const given = env[name];
	if (!given) return undefined;
	const count = Number(given);
	if (Number.isSafeInteger(count) && count > 0) return count;
	throw new StartProblem(`${name} is "${given}": use a whole number, 1 or more`);
}
