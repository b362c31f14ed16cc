import { NOBODY } from '../../src/lib/domain/entries.fixture';
import assert from 'node:assert/strict';
import { isForReading } from '../../src/lib/domain/unread';
import { passedOver } from '../../src/lib/domain/reading';
import type { At } from './deeds';
import type { Step } from './steps';

export const isReadingDeed = (step: Step): boolean => step.do === 'read' || step.do === 'unread';

export function doReadingDeed({ by, step, ledger, conversation, sync, messages }: At): void {
	const { reading, self } = by.device;
	if (messages.length === 0) return;
	const start = Math.max(0, messages.length - 1 - (step.nth % messages.length));
	if (step.do === 'read') {
		const seen = messages.slice(start, start + 1 + step.more);
		const reader = { self: self.id, blocked: NOBODY, seals: sync.seals };
		const passed = passedOver(reading.state(conversation), {
			...reader,
			seen,
			window: sync.items,
			items: sync.heldItems
		});
		for (const message of [...passed, ...seen])
			if (isForReading(message, { self: self.id, blocked: NOBODY })) ledger.saw(by, conversation, message);
		if (!sync.hasLater && seen.at(-1) === messages.at(-1))
			ledger.sawNewest(self.id, conversation, sync.live - 1);
		ledger.count('read');
		ledger.tell(by, `reads ${seen.map(({ text, id }) => text || id).join(' ')}`);
		return reading.seen(sync, seen);
	}
	ledger.count('marked unread');
	ledger.tell(by, `marks unread from ${messages[start]!.text || messages[start]!.id}`);
	reading.unreadFrom(sync, messages[start]!.id);
	const key = `${self.id} ${conversation}`;
	ledger.unreadBy.set(key, (ledger.unreadBy.get(key) ?? new Set()).add(by));
	const { late, fresh } = reading.unread(sync);
	const unread = new Set([...late, ...fresh].map(({ id }) => id));
	for (const message of messages.slice(start))
		if (isForReading(message, { self: self.id, blocked: NOBODY }))
			assert.ok(unread.has(message.id), `${by.name}: ${message.text} is unread again, as told`);
}
