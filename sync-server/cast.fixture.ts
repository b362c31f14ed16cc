/** Who and what the tests of the relay speak of. No test runner: tools outside of tests use it too. */
import { directPeers } from '../src/lib/domain/ids';
import type { AccessLevel, RelayLog } from './ports';
import type { Room } from '../src/lib/protocol/rooms';

export const ALICE = 'aaaaaaaaaaaaaaaa';
export const BOB = 'bbbbbbbbbbbbbbbb';
export const EVE = 'eeeeeeeeeeeeeeee';

export const CONVERSATION = `d-${ALICE}-${BOB}`;
export const ROOM = `c/${CONVERSATION}/0`;
export const NOW = 1_700_000_000_000;

/** Members write in their conversation, everyone reads their own directory and writes their home. */
export async function accessOf(user: string, room: Room): Promise<AccessLevel> {
	if (room.type === 'directory' || room.type === 'home') {
		if (room.user !== user) return 'none';
		return room.type === 'home' ? 'write' : 'read';
	}
	if (!directPeers(room.conversation)?.includes(user)) return 'none';
	return room.type === 'segment' ? 'write' : 'read';
}

export interface LogLine {
	readonly level: keyof RelayLog;
	readonly message: string;
	readonly [field: string]: unknown;
}

/** A log that keeps its lines. */
export function keptLog(): RelayLog & { readonly lines: LogLine[] } {
	const lines: LogLine[] = [];
	const at = (level: keyof RelayLog) => (fields: object, message: string) =>
		lines.push({ ...fields, level, message });
	return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

/** The session `<user>-<anything>` stands for the user; `Authorization: Bearer <session>` or the cookie `session` names it. */
export async function authenticate({ cookie, authorization }: { cookie?: string; authorization?: string }) {
	const session = authorization?.replace('Bearer ', '') ?? /session=([^;]+)/.exec(cookie ?? '')?.[1];
	return session?.includes('-') ? { userId: session.slice(0, 16), sessionId: session } : undefined;
}
