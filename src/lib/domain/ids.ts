/**
 * Identifiers. Invariant: every id is URL-safe, room-safe (no `/` or `:`) and opaque to whoever did not mint it;
 * only a direct conversation's id is derived, so that two people who start it apart meet in one.
 */

/** An account. 16 characters of a–z and 0–9, minted by the server; or {@link SYSTEM_USER}. */
export type UserId = string;

/** A UUID v7 (groups) or `d-<userId>-<userId>` (direct conversations). */
export type ConversationId = string;

/** The server as an author. No account can have this id: it is too short. */
export const SYSTEM_USER: UserId = 'system';

/** Fills an array of the asked length with random bytes. */
export type RandomBytes = (length: number) => Uint8Array;

const USER_ID = /^[a-z0-9]{16}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const DIRECT = /^d-([a-z0-9]{16})-([a-z0-9]{16})$/;

export const isUserId = (value: string): boolean => USER_ID.test(value);

export const isConversationId = (value: string): boolean =>
	UUID.test(value) || directPeers(value) !== undefined;

/** A fresh user id: 80 random bits in base 32 (a–z without l and o, and 2–9). */
export function mintUserId(randomBytes: RandomBytes): UserId {
	const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';
	return Array.from(randomBytes(16), (byte) => alphabet[byte & 31]).join('');
}

/** A UUID v7 (RFC 9562, section 5.7): 48 bits of `nowMs`, then 74 random bits. */
export function mintUuid(nowMs: number, randomBytes: RandomBytes): string {
	const bytes = randomBytes(16).slice();
	let ms = nowMs;
	for (let i = 5; i >= 0; i--) {
		bytes[i] = ms % 256;
		ms = Math.floor(ms / 256);
	}
	bytes[6] = 0x70 | (bytes[6]! & 0x0f);
	bytes[8] = 0x80 | (bytes[8]! & 0x3f);
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** When a UUID v7 was minted, in milliseconds since 1970. */
export const uuidMs = (id: string): number => parseInt(id.replaceAll('-', '').slice(0, 12), 16);

/** The id of the direct conversation of two users, the same from both sides. With oneself it is a note pad. */
export function directConversationId(one: UserId, other: UserId): ConversationId {
	const [first, second] = one < other ? [one, other] : [other, one];
	return `d-${first}-${second}`;
}

/** The two users of a direct conversation's id; undefined if it is not one in its only spelling. */
export function directPeers(id: ConversationId): [UserId, UserId] | undefined {
	const match = DIRECT.exec(id);
	if (!match || match[1]! > match[2]!) return undefined;
	return [match[1]!, match[2]!];
}
