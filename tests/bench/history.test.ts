import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createTimelineFold } from '../../src/lib/domain/timelineFold';
import { foldSeals } from '../../src/lib/domain/seals';
import { LogDocument } from '../../src/lib/conversation/logDocument';
import { readFacts } from '../../src/lib/conversation/factDocument';
import { readInfo } from '../../src/lib/domain/info';
import { readSegmentSpans } from '../../src/lib/domain/segmentSpans';
import { people, saidIn, type HistoryPlan } from './historyPlan';
import { segmentCount, writeInfo, writeSegment } from './historySkein';
import { writeNaive } from './historyNaive';

const plan: HistoryPlan = {
	conversation: '018bcfe5-6800-7000-8000-000000000001',
	seed: 5,
	messages: 2_600,
	people,
	startMs: 1_700_000_000_000
};

function read(update: Uint8Array, n: number) {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, update);
	return [...new LogDocument(doc, n).entries()];
}

describe('a generated history', () => {
	it('reads as what was said, in its order, through all segments', () => {
		const fold = createTimelineFold();
		const count = segmentCount(plan);
		for (let n = 0; n < count; n++) fold.apply(read(writeSegment(plan, n).update, n));
		const shown = fold.items.flatMap((item) => (item.type === 'message' ? [item.text] : []));
		expect(shown).toEqual([...saidIn(plan, 0, plan.messages)].map(({ text }) => text));
	});

	it('is the same for the same seed', () => {
		expect(writeSegment(plan, 1)).toEqual(writeSegment(plan, 1));
	});

	it('seals each full segment and not the live one', () => {
		const sealed = [0, 1, 2, 3].map((n) => foldSeals(read(writeSegment(plan, n).update, n)).has(n));
		expect(sealed).toEqual([true, true, true, false]);
	});

	it('says in its info where it is live and when each segment was written', () => {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, writeInfo(plan, 'Wool').update);
		expect(readInfo(readFacts(doc))).toMatchObject({ name: 'Wool', live: 3 });
		expect([...readSegmentSpans(readFacts(doc)).values()].map(({ last }) => last !== undefined)).toEqual([
			true,
			true,
			true,
			false
		]);
	});

	it('holds as many messages the naive way', () => {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, writeNaive(plan));
		expect(doc.getArray('messages').length).toBe(plan.messages);
	});
});
