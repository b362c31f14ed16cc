import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	ALICE,
	BOB,
	editEntry,
	erased,
	messageEntry,
	pinEntry,
	reactionEntry,
	redactionEntry
} from './entries.fixture';
import { bodiesOf } from './erasures';
import { decodeEditBody, decodeReactionBody, decodeRedactionBody } from './annotationBodies';
import { decodeMessageBody } from './bodies';
import { encodeBody } from './entryCodec';
import { foldTimeline } from './timeline';
import { formatEntryId, KIND, type Entry, type EntryId } from './entry';
import { salvagePlan, type SalvageOptions } from './salvage';

/** The relay refuses what is stamped later than this. */
const LIMIT = 1_000;
const FRESH_CLIENT = 77;
const options: SalvageOptions = { ahead: ({ ms }) => ms > LIMIT };
const ahead = (s: number, counter = 0) => ({ client: 1, s, ms: 9_000, counter });

/** Carries a plan out as a device does: what is written again goes into a fresh log, under fresh stamps. */
function salvage(entries: readonly Entry[], unacked: readonly Entry[], how = options) {
	const plan = salvagePlan(unacked, how);
	const ids = new Map<EntryId, EntryId>();
	const fresh: Entry[] = [];
	for (const again of plan.append) {
		const where = { segment: 0, client: FRESH_CLIENT, s: fresh.length };
		const stamp = { ms: LIMIT, counter: 1 + fresh.length };
		fresh.push({ version: 0, kind: again.kind, author: ALICE, ...where, stamp, body: again.body(ids) });
		ids.set(again.id, formatEntryId(where));
	}
	const gone = new Set(plan.erase);
	return {
		plan,
		fresh,
		after: [...entries.map((entry) => (gone.has(entry) ? erased(entry) : entry)), ...fresh]
	};
}

/** What people see of each message, without ids and times. */
function sight(entries: readonly Entry[]) {
	const messages = foldTimeline(entries).filter((item) => item.type === 'message');
	const textOf = (id: EntryId | undefined) => id && messages.find((message) => message.id === id)?.text;
	return messages.map(({ text, versions, reactions, pinned, deleted, replyTo, author }) => ({
		text,
		versions: versions.map((version) => version.text),
		reactions,
		pinned,
		deleted,
		reply: textOf(replyTo) ?? '',
		author
	}));
}

describe('salvage', () => {
	it('writes what was refused again in the same order, and leaves what was not', () => {
		const entries = [
			messageEntry({ ...ahead(2, 1), text: 'second' }),
			messageEntry({ ...ahead(1, 0), text: 'first' }),
			messageEntry({ client: 1, s: 0, ms: 5, text: 'fine' })
		];
		const { plan, fresh } = salvage(entries, entries);
		expect(plan.erase).toHaveLength(2);
		expect(fresh.map(({ body }) => decodeMessageBody(body!)?.text)).toEqual(['first', 'second']);
		expect(salvagePlan(entries, { ahead: 'all' }).append).toHaveLength(3);
		expect(salvagePlan(entries, { ahead: () => false })).toEqual({ erase: [], append: [] });
	});

	it('points replies, edits, reactions and pins among what was refused at the new ids', () => {
		const at = { target: '0.1.0' };
		const entries = [
			messageEntry({ ...ahead(0), text: 'target' }),
			messageEntry({ ...ahead(1, 1), text: 'reply', replyTo: '0.1.0' }),
			editEntry({ ...ahead(2, 2), ...at, text: 'edited', replyTo: '0.9.9' }),
			reactionEntry({ ...ahead(3, 3), ...at }),
			pinEntry({ ...ahead(4, 4), ...at })
		];
		const { after } = salvage(entries, entries);
		expect(sight(after)).toEqual(sight(entries));
		expect(foldTimeline(after)[0]).toMatchObject({
			id: `0.${FRESH_CLIENT}.0`,
			text: 'edited',
			replyTo: '0.9.9'
		});
	});

	it('leaves the target of what points at something acked, with the very same bytes', () => {
		const acked = messageEntry({ client: 5, author: BOB, ms: 5 });
		const target = formatEntryId(acked);
		const unacked = [
			messageEntry({ ...ahead(0), replyTo: target }),
			reactionEntry({ ...ahead(1), target, on: false }),
			redactionEntry({ ...ahead(2), target })
		];
		const { fresh } = salvage([acked, ...unacked], unacked);
		expect(fresh.map(({ body }) => body)).toEqual(unacked.map(({ body }) => body));
	});

	it('takes along what is stamped in time but points at what was refused', () => {
		const entries = [
			messageEntry({ ...ahead(0), text: 'target' }),
			messageEntry({ client: 2, s: 0, ms: 5, text: 'reply', replyTo: '0.1.0' }),
			reactionEntry({ client: 2, s: 1, ms: 6, target: '0.2.0' })
		];
		const { plan, after } = salvage(entries, entries);
		expect(plan.erase).toHaveLength(3);
		expect(sight(after)).toEqual(sight(entries));
	});

	it('writes a message that was edited before it left as a message, and later edits as edits of it', () => {
		const entries = [
			erased(messageEntry(ahead(0))),
			editEntry({ ...ahead(1, 1), target: '0.1.0', text: 'as sent', replyTo: '0.9.9' }),
			editEntry({ ...ahead(2, 2), target: '0.1.0', text: 'edited' }),
			messageEntry({ ...ahead(3, 3), text: 'reply', replyTo: '0.1.0' })
		];
		const { fresh, after } = salvage(entries, entries);
		expect(fresh.map(({ kind }) => kind)).toEqual([KIND.message, KIND.edit, KIND.message]);
		expect(decodeMessageBody(fresh[0]!.body!)).toEqual({ text: 'as sent', replyTo: '0.9.9' });
		expect(decodeEditBody(fresh[1]!.body!)?.target).toBe(formatEntryId(fresh[0]!));
		expect(sight(after)).toEqual(sight(entries));
	});

	it('only erases what its author deleted before anyone had it, and what was done to it', () => {
		const entries = [
			messageEntry(ahead(0)),
			editEntry({ ...ahead(1, 1), target: '0.1.0' }),
			redactionEntry({ ...ahead(2, 2), target: '0.1.0' }),
			messageEntry({ ...ahead(3, 3), text: 'reply', replyTo: '0.1.0' })
		];
		const { plan, fresh } = salvage(entries, entries);
		expect(plan.erase).toHaveLength(4);
		expect(fresh.map(({ body }) => decodeMessageBody(body!))).toEqual([{ text: 'reply', replyTo: '0.1.0' }]);
	});

	it('keeps what it does not know: keys of later versions, kinds of later versions, broken bodies', () => {
		const message = messageEntry(ahead(0));
		const odd = [
			{ ...message, body: encodeBody({ t: 'hi', r: '0.1.9', later: [1] }) },
			{ ...message, s: 9 },
			{ ...message, s: 2, kind: 200, body: Uint8Array.of(9, 9) },
			{ ...message, s: 3, body: Uint8Array.of(0, 1) }
		];
		const { fresh } = salvage(odd, odd);
		expect(fresh[1]!.body).toEqual(encodeBody({ t: 'hi', r: `0.${FRESH_CLIENT}.0`, later: [1] }));
		expect(fresh.slice(2).map(({ kind, body }) => [kind, body])).toEqual([
			[200, odd[2]!.body],
			[KIND.message, odd[3]!.body]
		]);
	});

	it('ends on replies in a cycle, and in a step for each of 20,000 replies in a row', () => {
		const cycle = [0, 1, 2].map((s) =>
			messageEntry({ ...ahead(s), text: `${s}`, replyTo: `0.1.${(s + 1) % 3}` })
		);
		expect(salvage(cycle, cycle).fresh).toHaveLength(3);
		const chain = Array.from({ length: 20_000 }, (_, s) =>
			messageEntry({ ...ahead(s), replyTo: `0.1.${s + 1}` })
		);
		const { fresh } = salvage(chain, chain);
		expect(fresh).toHaveLength(20_000);
		expect(decodeMessageBody(fresh[1]!.body!)?.replyTo).toBe(`0.${FRESH_CLIENT}.0`);
	});

	it('reacts again in the order in which it was reacted', () => {
		const entries = [
			reactionEntry({ ...ahead(0, 0), target: '0.5.0', on: true }),
			reactionEntry({ ...ahead(1, 1), target: '0.5.0', on: false })
		];
		const { fresh } = salvage(entries, entries);
		expect(fresh.map(({ body }) => decodeReactionBody(body!)?.on)).toEqual([true, false]);
	});

	const arbitraryUse = fc.record({
		acked: fc.integer({ min: 1, max: 4 }),
		inTime: fc.nat(3),
		steps: fc.array(fc.tuple(fc.constantFrom(...FORMS), fc.nat(30)), { maxLength: 30, size: 'max' })
	});

	it('shows the same afterwards, whatever was done offline, and leaves nothing that would be refused', () => {
		fc.assert(
			fc.property(arbitraryUse, ({ acked, inTime, steps }) => {
				const entries = useOffline(acked, inTime, steps);
				const unacked = entries.slice(acked);
				const refused = new Set(unacked.filter(isRefused).map(formatEntryId));
				const { after } = salvage(entries, unacked);
				expect(sight(after)).toEqual(sight(entries.filter((entry) => !deletesOne(entry, refused))));
				expect(after.filter((entry) => entry.body && isRefused(entry))).toEqual([]);
			}),
			{ numRuns: 500 }
		);
	});
});

const FORMS = ['send', 'reply', 'edit', 'queuedEdit', 'cancel', 'redact', 'react', 'pin', 'reload'] as const;

const isRefused = ({ stamp }: Entry) => stamp.ms > LIMIT;

const deletesOne = ({ kind, body }: Entry, ids: ReadonlySet<EntryId>) =>
	kind === KIND.redaction && ids.has(decodeRedactionBody(body!)!.target);

/** What stands on a device: `acked` entries, the first of them Bob's, then some in time, then those far ahead. */
function useOffline(
	acked: number,
	inTime: number,
	steps: readonly [(typeof FORMS)[number], number][]
): Entry[] {
	const entries: Entry[] = [messageEntry({ client: 5, author: BOB, ms: 1, text: 'from Bob' })];
	let client = 1;
	let s = 0;
	const erase = (gone: readonly Entry[]) =>
		entries.forEach((entry, at) => gone.includes(entry) && (entries[at] = erased(entry)));
	for (const [form, pick] of steps) {
		const at = entries.length;
		const where = { client, s, ms: (at < acked + inTime ? 10 : 9_000) + at };
		const messages = entries.filter(({ kind }) => kind === KIND.message);
		const target = formatEntryId(messages[pick % messages.length]!);
		const own = bodiesOf(target, entries, ALICE);
		const queued = own.length > 0 && own.every((entry) => entries.indexOf(entry) >= acked);
		const text = `text ${at}`;
		if (form === 'reload') [client, s] = [client + 10, 0];
		if (form === 'send') entries.push(messageEntry({ ...where, text }));
		if (form === 'reply') entries.push(messageEntry({ ...where, text, replyTo: target }));
		if (form === 'react') entries.push(reactionEntry({ ...where, target, on: pick % 3 > 0 }));
		if (form === 'pin') entries.push(pinEntry({ ...where, target, on: pick % 3 > 0 }));
		if (form === 'edit' && own.length > 0) entries.push(editEntry({ ...where, target, text }));
		if (form === 'queuedEdit' && queued) entries.push(editEntry({ ...where, target, text }));
		if (form === 'redact' && own.length > 0) entries.push(redactionEntry({ ...where, target }));
		if (form === 'redact' || (queued && (form === 'queuedEdit' || form === 'cancel'))) erase(own);
		if (entries.length > at) s++;
	}
	return entries;
}
