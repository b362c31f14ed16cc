import { expect, it } from 'vitest';
import { createFakeTime } from './fakeSocket.fixture';
import { createOpenConversations } from './openConversations';
import { createSummaryWriter } from './summaryWriter';
import { noTabs } from './tabs';
import { openSummaries } from './summaries';
import { createMemoryDisk, memoryLocalStore } from './memoryStorage';
import type { ConversationSync } from './conversationSync';
import type { Summarized } from './summarize';
import type { Timers } from './ports';

/** Timers that go off when told. */
function createTimers() {
	const due = new Set<() => void>();
	return {
		after(_ms: number, run: () => void) {
			due.add(run);
			return () => void due.delete(run);
		},
		goOff() {
			const all = [...due];
			due.clear();
			for (const run of all) run();
		}
	};
}

const opened = (live: number) =>
	({
		id: 'g-kelp',
		loaded: true,
		info: undefined,
		live,
		holdsEnd: true,
		heldItems: [],
		unsent: [],
		leaving: [],
		complete: true,
		holds: () => true,
		holdsFrom: () => true
	}) as unknown as ConversationSync & { loaded: boolean };

async function createWriter(timers: Timers) {
	const summaries = await openSummaries(memoryLocalStore(createMemoryDisk().tables), noTabs);
	const writer = createSummaryWriter({
		summaries,
		timers,
		known: () =>
			({
				self: { id: 'alice', displayName: 'Alice' },
				people: { know: () => {}, get: () => undefined },
				directory: { conversations: new Map(), blocked: new Set() },
				asked: [],
				goneName: '',
				reading: {
					unreadHere: () => ({ fresh: [], late: [], known: [] }),
					state: () => ({ through: -1, vectors: new Map() })
				}
			}) as unknown as Omit<Summarized, 'sync' | 'before'>,
		onWritten: () => {}
	});
	return { summaries, writer };
}

it('what changes in a conversation that was closed and opened anew meanwhile comes into its summary', async () => {
	const timers = createTimers();
	const { summaries, writer } = await createWriter(timers as never);
	const first = opened(1);
	writer.note(first);
	first.loaded = false;
	writer.note(opened(2));
	timers.goOff();
	expect(summaries.get('g-kelp')?.live).toBe(2);
});

it('what comes in the moment before a conversation is closed comes into its summary', async () => {
	const { timers, advance } = createFakeTime();
	const { summaries, writer } = await createWriter(timers);
	let told = () => {};
	const kelp = Object.assign(opened(1), {
		onChange: (listener: () => void) => void (told = listener),
		async close() {
			kelp.loaded = false;
		}
	});
	const open = createOpenConversations({
		open: () => kelp as unknown as ConversationSync,
		mayClose: () => true,
		timers,
		onClosing: writer.finish,
		onChange: writer.note
	});
	open.glance('g-kelp');
	advance(2_950);
	told();
	advance(60_000);
	expect(open.get('g-kelp')).toBeUndefined();
	expect(summaries.get('g-kelp')?.live).toBe(1);
});
