/**
 * What travels in a link's `presence` frames: who is there, and who is writing. Never stored anywhere.
 * report (device → relay) = presence: uint8 (0 gone, 1 away, 2 here), conversation written in: varstring (empty: none)
 * news (relay → device)   = people: varuint × (user: varstring, presence: uint8),
 *                           writing: varuint × (conversation: varstring, users: varuint × varstring)
 * A report says how things stand and replaces the one before. News name only what changed; the users of a conversation
 * are all who write in it then.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { isConversationId, isUserId, type ConversationId, type UserId } from '../domain/ids';

/** `here`: at the screen; `away`: the app is open and nobody looks at it; `gone`: no device of theirs is connected. */
export type PresenceState = 'gone' | 'away' | 'here';

export interface PresenceReport {
	/** `gone`: the device would have nothing said of its person. */
	readonly presence: PresenceState;
	/** The conversation they are writing in. */
	readonly writingIn: ConversationId | undefined;
}

export interface PresenceNews {
	readonly people: ReadonlyMap<UserId, PresenceState>;
	readonly writing: ReadonlyMap<ConversationId, readonly UserId[]>;
}

const STATES: readonly PresenceState[] = ['gone', 'away', 'here'];

export function encodeReport({ presence, writingIn }: PresenceReport): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeUint8(encoder, STATES.indexOf(presence));
		encoding.writeVarString(encoder, writingIn ?? '');
	});
}

/** Undefined if the bytes are no report. */
export function decodeReport(bytes: Uint8Array): PresenceReport | undefined {
	return read(bytes, (decoder) => {
		const presence = readState(decoder);
		const writingIn = decoding.readVarString(decoder);
		if (writingIn !== '' && !isConversationId(writingIn)) return undefined;
		return { presence, writingIn: writingIn === '' ? undefined : writingIn };
	});
}

export function encodeNews({ people, writing }: PresenceNews): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, people.size);
		for (const [user, state] of people) {
			encoding.writeVarString(encoder, user);
			encoding.writeUint8(encoder, STATES.indexOf(state));
		}
		encoding.writeVarUint(encoder, writing.size);
		for (const [conversation, users] of writing) {
			encoding.writeVarString(encoder, conversation);
			encoding.writeVarUint(encoder, users.length);
			for (const user of users) encoding.writeVarString(encoder, user);
		}
	});
}

/** Undefined if the bytes are no news. */
export function decodeNews(bytes: Uint8Array): PresenceNews | undefined {
	return read(bytes, (decoder) => {
		const people = new Map<UserId, PresenceState>();
		for (let left = readCount(decoder); left > 0; left--) {
			const user = readUser(decoder);
			people.set(user, readState(decoder));
		}
		const writing = new Map<ConversationId, UserId[]>();
		for (let left = readCount(decoder); left > 0; left--) {
			const conversation = decoding.readVarString(decoder);
			const users = Array.from({ length: readCount(decoder) }, () => readUser(decoder));
			writing.set(conversation, users);
		}
		return { people, writing };
	});
}

function read<T>(bytes: Uint8Array, parse: (decoder: decoding.Decoder) => T): T | undefined {
	try {
		const decoder = decoding.createDecoder(bytes);
		const value = parse(decoder);
		return decoder.pos === bytes.length ? value : undefined;
	} catch {
		// Malformed bytes of the other side are an expected case, told to the caller as undefined.
		return undefined;
	}
}

function readState(decoder: decoding.Decoder): PresenceState {
	const state = STATES[decoding.readUint8(decoder)];
	if (!state) throw new Error('no such presence');
	return state;
}

function readUser(decoder: decoding.Decoder): UserId {
	const user = decoding.readVarString(decoder);
	if (!isUserId(user)) throw new Error('no user id');
	return user;
}

/** A count that the bytes can hold: each thing counted takes a byte at least. */
function readCount(decoder: decoding.Decoder): number {
	const count = decoding.readVarUint(decoder);
	if (count > decoder.arr.length - decoder.pos) throw new Error('count beyond the bytes');
	return count;
}
