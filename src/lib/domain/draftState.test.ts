import { describe, expect, it } from 'vitest';
import { draftKey, draftValue, joinSeenDrafts, readDrafts, type Draft, type SeenDrafts } from './draftState';
import type { Stamp } from './stamp';
import type { Fact } from './facts';

const at = (ms: number): Stamp => ({ ms, counter: 0 });
/** By device, the time of its draft. */
const seen = (times: Record<string, number>): SeenDrafts =>
	new Map(Object.entries(times).map(([device, ms]) => [device, at(ms)]));

/** Devices that write drafts of one conversation, each at a time and over what it had seen. */
function drafts(...written: { device: string; ms: number; draft: Draft; base?: SeenDrafts }[]) {
	const facts = new Map<string, Fact>();
	for (const { device, ms, draft, base = seen({}) } of written) {
		facts.set(draftKey('c', device), { value: draftValue(draft, base), stamp: at(ms), client: 1, s: 0 });
	}
	return readDrafts(facts).get('c');
}

const texts = (state: ReturnType<typeof drafts>) => state?.begun.map(({ text }) => text);

describe('drafts on several devices', () => {
	it('are one, the newest, where each went on from the other', () => {
		const state = drafts(
			{ device: 'phone', ms: 1, draft: { text: 'one' } },
			{ device: 'laptop', ms: 2, base: seen({ phone: 1 }), draft: { text: 'two', replyTo: '0.1.2' } }
		);
		expect(state?.begun).toEqual([
			{ text: 'two', replyTo: '0.1.2', writer: 'laptop', stamp: at(2), base: seen({ phone: 1 }) }
		]);
		expect(state?.seen).toEqual(seen({ phone: 1, laptop: 2 }));
	});

	it('are both kept when one was written over another unseen', () => {
		const state = drafts(
			{ device: 'phone', ms: 5, draft: { text: 'on the boat' } },
			{ device: 'laptop', ms: 9, draft: { text: 'at the desk' } }
		);
		expect(texts(state)).toEqual(['at the desk', 'on the boat']);
	});

	it('are offered no more once the next writing has seen them', () => {
		const state = drafts(
			{ device: 'phone', ms: 5, draft: { text: 'on the boat' } },
			{ device: 'laptop', ms: 10, base: seen({ phone: 5 }), draft: { text: 'at the desk.' } }
		);
		expect(texts(state)).toEqual(['at the desk.']);
	});

	it('stay cleared once sent or cleared by a device that had seen them', () => {
		const state = drafts(
			{ device: 'phone', ms: 5, draft: { text: 'hello' } },
			{ device: 'laptop', ms: 6, base: seen({ phone: 5 }), draft: { text: '' } }
		);
		expect(state).toMatchObject({ begun: [], seen: seen({ phone: 5, laptop: 6 }) });
		expect(state?.bases.get('laptop')).toEqual(seen({ phone: 5 }));
	});

	it('are not cleared by a device that had not seen them', () => {
		const state = drafts(
			{ device: 'phone', ms: 5, draft: { text: 'hello' } },
			{ device: 'laptop', ms: 6, draft: { text: '' } }
		);
		expect(texts(state)).toEqual(['hello']);
	});

	it('that a third device has seen and gone on from are not offered', () => {
		const state = drafts(
			{ device: 'phone', ms: 5, draft: { text: 'hel' } },
			{ device: 'desk', ms: 6, base: seen({ phone: 5 }), draft: { text: 'hello' } },
			{ device: 'laptop', ms: 9, draft: { text: 'bye' } }
		);
		expect(texts(state)).toEqual(['bye', 'hello']);
	});

	it('that were written earlier and arrive later are kept: what was seen is said device by device', () => {
		const state = drafts(
			{ device: 'phone', ms: 5, draft: { text: 'on the boat' } },
			{ device: 'desk', ms: 8, draft: { text: 'hel' } },
			{ device: 'laptop', ms: 9, base: seen({ desk: 8 }), draft: { text: 'hello' } }
		);
		expect(texts(state)).toEqual(['hello', 'on the boat']);
	});

	it('that their own device has written over are not taken for seen by what went on from it', () => {
		const state = drafts(
			{ device: 'phone', ms: 7, draft: { text: 'on the boat again' } },
			{ device: 'laptop', ms: 9, base: seen({ phone: 5 }), draft: { text: 'at the desk' } }
		);
		expect(texts(state)).toEqual(['at the desk', 'on the boat again']);
	});

	it('seen here or there are seen together', () => {
		expect(joinSeenDrafts(seen({ phone: 5, desk: 2 }), seen({ phone: 3, laptop: 4 }))).toEqual(
			seen({ phone: 5, desk: 2, laptop: 4 })
		);
	});

	it('are begun with the choice of what to reply to, and cleared with it', () => {
		const chosen = drafts({ device: 'phone', ms: 5, draft: { text: '', replyTo: '0.1.2' } });
		expect(chosen?.begun).toMatchObject([{ text: '', replyTo: '0.1.2' }]);
		expect(drafts({ device: 'phone', ms: 6, draft: { text: '' } })?.begun).toEqual([]);
	});

	it('pass over what is not a draft', () => {
		const facts = new Map<string, Fact>([
			['draft/c/x', { value: 'hello', stamp: at(1), client: 1, s: 0 }],
			['draft/c', { value: { t: 'a', b: {} }, stamp: at(1), client: 1, s: 0 }],
			['read/c/x', { value: { t: 'a', b: {} }, stamp: at(1), client: 1, s: 0 }]
		]);
		expect(readDrafts(facts).size).toBe(0);
	});
});
