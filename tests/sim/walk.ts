/** A conversation from one end to the other as a device shows it, window by window. */
import assert from 'node:assert/strict';
import { foldTimeline, type TimelineItem } from '../../src/lib/domain/timeline';
import { until } from './until';
import type { ConversationId } from '../../src/lib/domain/ids';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { SimDevice } from './simDevice';

/** Leaves the window at the end. */
export async function walk(by: SimDevice, id: ConversationId): Promise<readonly TimelineItem[]> {
	const sync = await by.look(id);
	const isHere = () =>
		until([by], `${by.name} has what it shows`, () => (by.device.syncState === 'synced' ? undefined : by));
	await isHere();
	while (sync.hasEarlier) {
		await sync.loadEarlier();
		await isHere();
	}
	const walked = new Map<string, TimelineItem>();
	const take = () => {
		checkFold(by, sync);
		for (const item of sync.items) walked.set(item.id, item);
	};
	take();
	while (sync.hasLater) {
		await sync.loadLater();
		await isHere();
		take();
	}
	return [...walked.values()];
}

/** The timeline that was kept up as entries came is what all of them together give. */
export function checkFold(by: SimDevice, sync: ConversationSync): void {
	const whole = foldTimeline(sync.openSegments.flatMap((n) => [...sync.entriesOf(n)]));
	const shown = new Set(sync.items.map(({ id }) => id));
	assert.deepEqual(
		sync.items,
		whole.filter(({ id }) => shown.has(id)),
		`${by.name}: the timeline kept up is the timeline folded anew`
	);
}
