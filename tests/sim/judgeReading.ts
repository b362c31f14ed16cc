import { NOBODY } from '../../src/lib/domain/entries.fixture';
import assert from 'node:assert/strict';
import { coversEntry } from '../../src/lib/domain/versionVector';
import { foldReceipts } from '../../src/lib/domain/receipts';
import { foldSeals } from '../../src/lib/domain/seals';
import { isForReading, isRead } from '../../src/lib/domain/unread';
import { NOTHING_READ, readStates } from '../../src/lib/domain/readState';
import type { ConversationId } from '../../src/lib/domain/ids';
import type { Entry } from '../../src/lib/domain/entry';
import type { Ledger } from './ledger';
import type { SimDevice } from './simDevice';
import type { TimelineItem } from '../../src/lib/domain/timeline';

/** All devices of a user say the same of what is unread, and it is what the user read. Their windows stand at the end. */
export function judgeReading(
	ledger: Ledger,
	conversation: ConversationId,
	shown: readonly TimelineItem[],
	entries: readonly Entry[],
	present: readonly SimDevice[]
): void {
	const seals = foldSeals(entries);
	const said = new Map<string, unknown>();
	for (const each of present) {
		const { self, device } = each;
		const sync = device.conversations.get(conversation)!;
		const { late, fresh } = device.reading.unread(sync);
		const unread = [fresh.map(({ id }) => id), late.map(({ id }) => id)];
		assert.deepEqual(
			unread,
			said.get(self.id) ?? unread,
			`${each.name} counts as unread what the other devices do`
		);
		said.set(self.id, unread);
		const state = readStates(device.home.facts).get(conversation) ?? NOTHING_READ;
		for (const item of shown) {
			if (!isForReading(item, { self: self.id, blocked: NOBODY })) continue;
			const about = `${item.text} to ${self.displayName}, on ${each.name}`;
			if (isRead(state, item, seals))
				assert.ok(ledger.mayHaveRead(self.id, conversation, item), `${about}: read though never seen`);
			else
				assert.ok(!ledger.mustHaveRead(self.id, conversation, item), `${about}: unread though it was seen`);
		}
	}
	judgeReceipts(ledger, conversation, shown, entries);
}

function judgeReceipts(
	ledger: Ledger,
	conversation: ConversationId,
	shown: readonly TimelineItem[],
	entries: readonly Entry[]
): void {
	for (const segment of new Set(entries.map((entry) => entry.segment))) {
		const receipts = foldReceipts(entries.filter((entry) => entry.segment === segment));
		for (const [user, vector] of receipts)
			for (const item of shown)
				if (
					isForReading(item, { self: user, blocked: NOBODY }) &&
					item.segment === segment &&
					coversEntry(vector, item.client, item.s)
				)
					assert.ok(
						ledger.mayHaveRead(user, conversation, item),
						`${user[0]} told that ${item.text} was read, and never saw it`
					);
	}
}
