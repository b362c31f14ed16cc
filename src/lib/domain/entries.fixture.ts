/** Entries for tests: built by hand, or arbitrary ones for fast-check. */
import fc from 'fast-check';
import { encodeMessageBody, encodeSystemBody, type SystemBody } from './bodies';
import { formatEntryId, KIND, type Entry, type EntryId } from './entry';
import { SYSTEM_USER } from './ids';

export const ALICE = 'a'.repeat(16);
export const BOB = 'b'.repeat(16);

interface Where {
	readonly client?: number;
	readonly s?: number;
	readonly segment?: number;
	readonly ms?: number;
	readonly counter?: number;
}

const header = ({ client = 1, s = 0, segment = 0, ms = 1_000, counter = 0 }: Where, kind: number) => ({
	version: 0,
	kind,
	client,
	s,
	segment,
	stamp: { ms, counter }
});

export const messageEntry = ({
	text = 'hello',
	replyTo,
	author = ALICE,
	...where
}: Where & { text?: string; replyTo?: EntryId; author?: string } = {}): Entry => ({
	...header(where, KIND.message),
	author,
	body: encodeMessageBody({ text, replyTo })
});

export const eventEntry = ({
	key = 'k',
	event = 'joined',
	...rest
}: Where & Partial<SystemBody> = {}): Entry => ({
	...header(rest, KIND.system),
	author: SYSTEM_USER,
	body: encodeSystemBody({ key, event, by: rest.by, who: rest.who, name: rest.name })
});

export const erased = (entry: Entry): Entry => ({ ...entry, body: undefined });

/**
 * A few clients' logs whose stamps collide, whose replies point anywhere (at later ones, in cycles, at nothing), with
 * events written twice, unknown kinds and versions, junk bodies and erased ones. Each entry stands once.
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
				'erased'
			),
			pick: fc.nat(40)
		}),
		{ maxLength: 40 }
	)
	.map((drafts) => {
		const lengths = new Map<string, number>();
		const places = drafts.map(({ client, segment, ms, counter }) => {
			const log = `${segment}.${client}`;
			const s = lengths.get(log) ?? 0;
			lengths.set(log, s + 1);
			return { client, segment, ms, counter, s };
		});
		return drafts.map(({ form, pick }, i): Entry => {
			const where = places[i]!;
			const message = messageEntry({ ...where, text: `text ${i}` });
			if (form === 'reply')
				return messageEntry({
					...where,
					text: `text ${i}`,
					replyTo: formatEntryId(places[pick] ?? { segment: 0, client: 9, s: pick })
				});
			if (form === 'event') return eventEntry({ ...where, key: `key ${pick % 3}`, name: `name ${i}` });
			if (form === 'kind') return { ...message, kind: 200 };
			if (form === 'version') return { ...message, version: 1 };
			if (form === 'junk') return { ...message, body: Uint8Array.of(0, pick) };
			return form === 'erased' ? erased(message) : message;
		});
	});

/** The same things in another order, by a seed that fast-check can shrink. */
export const arbitraryShuffle = <T>(things: readonly T[]): fc.Arbitrary<T[]> =>
	fc.shuffledSubarray([...things], { minLength: things.length });
