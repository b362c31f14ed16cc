/** Entries for tests: built by hand, or arbitrary ones for fast-check. */
import fc from 'fast-check';
import {
	encodeEditBody,
	encodePinBody,
	encodeReactionBody,
	encodeRedactionBody,
	type EditBody
} from './annotationBodies';
import { encodeMessageBody, encodeSystemBody, type MessageBody, type SystemBody } from './bodies';
import { encodeReceiptBody } from './receiptBody';
import { formatEntryId, KIND, type Entry, type EntryId } from './entry';
import { SYSTEM_USER, type UserId } from './ids';
import type { VersionVector } from './versionVector';

export const ALICE = 'a'.repeat(16);
export const BOB = 'b'.repeat(16);

/** Who writes under the client ids 1 to 4 of arbitrary entries. */
const AUTHORS = [ALICE, BOB, ALICE, SYSTEM_USER];

interface Where {
	readonly client?: number;
	readonly s?: number;
	readonly segment?: number;
	readonly ms?: number;
	readonly counter?: number;
}

/** Where, and who: the author is Alice unless told. */
interface By extends Where {
	readonly author?: UserId;
}

interface EntryTarget {
	readonly target: EntryId;
}

const header = ({ client = 1, s = 0, segment = 0, ms = 1_000, counter = 0 }: Where, kind: number) => ({
	version: 0,
	kind,
	client,
	s,
	segment,
	stamp: { ms, counter }
});

const written = ({ author = ALICE, ...where }: By, kind: number, body: Uint8Array): Entry => ({
	...header(where, kind),
	author,
	body
});

export const messageEntry = ({
	text = 'hello',
	replyTo,
	forwardedFrom,
	...by
}: By & Partial<MessageBody> = {}): Entry =>
	written(by, KIND.message, encodeMessageBody({ text, replyTo, forwardedFrom }));

export const editEntry = ({
	target,
	text = 'edited',
	replyTo,
	...by
}: By & EntryTarget & Partial<EditBody>) => written(by, KIND.edit, encodeEditBody({ target, text, replyTo }));

export const redactionEntry = ({ target, ...by }: By & EntryTarget) =>
	written(by, KIND.redaction, encodeRedactionBody({ target }));

export const reactionEntry = ({
	target,
	emoji = '👍',
	on = true,
	...by
}: By & EntryTarget & { emoji?: string; on?: boolean }) =>
	written(by, KIND.reaction, encodeReactionBody({ target, emoji, on }));

export const pinEntry = ({ target, on = true, ...by }: By & EntryTarget & { on?: boolean }) =>
	written(by, KIND.pin, encodePinBody({ target, on }));

export const receiptEntry = ({ vector, ...by }: By & { vector: VersionVector }) =>
	written(by, KIND.receipt, encodeReceiptBody({ vector }));

export const sealEntry = ({ vector, segment = 0, ...where }: Where & { vector: VersionVector }) =>
	written(
		{ ...where, segment, author: SYSTEM_USER },
		KIND.system,
		encodeSystemBody({ key: `seal/${segment}`, event: 'seal', vector })
	);

/** What a seal of these entries holds: for each client the clock behind its last message, erased ones counted. */
export function messageVector(entries: Iterable<Entry>): VersionVector {
	const vector = new Map<number, number>();
	for (const { kind, client, s } of entries)
		if (kind === KIND.message) vector.set(client, Math.max(2 * s + 2, vector.get(client) ?? 0));
	return vector;
}

const systemEntry = (where: Where, body: SystemBody): Entry => ({
	...header(where, KIND.system),
	author: SYSTEM_USER,
	body: encodeSystemBody(body)
});

export const eventEntry = ({
	key = 'k',
	event = 'joined',
	...rest
}: Where & Partial<SystemBody> = {}): Entry =>
	systemEntry(rest, { key, event, by: rest.by, who: rest.who, name: rest.name });

export const moderatedEntry = ({
	target,
	by = BOB,
	...where
}: Where & EntryTarget & { readonly by?: UserId }): Entry =>
	systemEntry(where, { key: `moderated/${target}`, event: 'moderated', by, target });

/** Says that all which the user wrote in the segment until then was erased. */
export const erasedEntry = ({ of, ...where }: Where & { readonly of: UserId }): Entry =>
	systemEntry(where, { key: `erased/${of}`, event: 'erased', who: [of] });

export const erased = (entry: Entry): Entry => ({ ...entry, body: undefined });

/**
 * A few clients' logs whose stamps collide, whose replies and annotations point anywhere (at later ones, in cycles, at
 * another segment, at no message, at nothing), with orders to erase, events written twice, unknown kinds and versions, junk bodies and
 * erased ones. Each entry stands once.
 */
export const arbitraryEntries: fc.Arbitrary<Entry[]> = fc
	.array(
		fc.record({
			client: fc.integer({ min: 1, max: 4 }),
			segment: fc.constantFrom(0, 0, 0, 1),
			ms: fc.integer({ min: 1, max: 6 }),
			counter: fc.constantFrom(0, 0, 1, 65_535),
			form: fc.constantFrom(
				'message',
				'message',
				'reply',
				'reply',
				'event',
				'kind',
				'version',
				'junk',
				'erased',
				'edit',
				'edit',
				'editOfReply',
				'editErased',
				'redaction',
				'moderated',
				'erasedAll',
				'reaction',
				'reaction',
				'pin',
				'receipt'
			),
			pick: fc.nat(40),
			on: fc.boolean()
		}),
		{ maxLength: 40, size: 'max' }
	)
	.map((drafts) => {
		const lengths = new Map<string, number>();
		const places = drafts.map(({ client, segment, ms, counter }) => {
			const log = `${segment}.${client}`;
			const s = lengths.get(log) ?? 0;
			lengths.set(log, s + 1);
			return { client, segment, ms, counter, s };
		});
		return drafts.map(({ form, pick, on }, i): Entry => {
			const where = { ...places[i]!, author: AUTHORS[places[i]!.client - 1] };
			const target = formatEntryId(places[pick] ?? { segment: 0, client: 9, s: pick });
			const text = `text ${i}`;
			const message = messageEntry({ ...where, text, forwardedFrom: on ? 'Someone' : undefined });
			const edit = editEntry({
				...where,
				target,
				text,
				replyTo: form === 'editOfReply' ? '0.1.0' : undefined
			});
			const reaction = reactionEntry({ ...where, target, on, emoji: pick % 2 === 0 ? '👍' : '❤️' });
			const forms: Record<typeof form, Entry> = {
				message,
				reply: messageEntry({ ...where, text, replyTo: target }),
				event: eventEntry({ ...places[i]!, key: `key ${pick % 3}`, name: `name ${i}` }),
				kind: { ...message, kind: 200 },
				version: { ...message, version: 1 },
				junk: { ...message, kind: pick % 9, body: Uint8Array.of(0, pick) },
				erased: erased(message),
				edit,
				editOfReply: edit,
				editErased: erased(edit),
				redaction: redactionEntry({ ...where, target }),
				moderated: { ...moderatedEntry({ ...where, target }), author: on ? SYSTEM_USER : where.author! },
				erasedAll: erasedEntry({ ...where, of: on ? ALICE : BOB }),
				reaction,
				pin: pinEntry({ ...where, target, on }),
				receipt: receiptEntry({ ...where, vector: new Map([[pick, 2]]) })
			};
			return forms[form];
		});
	});

/** The same things in another order, by a seed that fast-check can shrink. */
export const arbitraryShuffle = <T>(things: readonly T[]): fc.Arbitrary<T[]> =>
	fc.shuffledSubarray([...things], { minLength: things.length });

/** Whom somebody has blocked who has blocked nobody. */
export const NOBODY: ReadonlySet<string> = new Set();
