import { describe, expect, it } from 'vitest';
import { draftKey, draftValue, readDrafts, type Draft } from './draftState';
import { ZERO_STAMP, type Stamp } from './stamp';
import type { Fact } from './facts';

const at = (ms: number): Stamp => ({ ms, counter: 0 });

/** Devices that write drafts of one conversation, each at a time and over what it had seen. */
function drafts(...written: { device: string; ms: number; draft: Draft; base?: Stamp }[]) {
	const facts = new Map<string, Fact>();
	for (const { device, ms, draft, base = ZERO_STAMP } of written) {
		facts.set(draftKey('c', device), { value: draftValue(draft, base), stamp: at(ms), client: 1, s: 0 });
	}
	return readDrafts(facts).get('c');
}

const texts = (state: ReturnType<typeof drafts>) => state?.begun.map(({ text }) => text);

describe('drafts on several devices', () => {
	it('are one, the newest, where each went on from the other', () => {
		const state = drafts(
			{ device: 'phone', ms: 1, draft: { text: 'one' } },
			{ device: 'laptop', ms: 2, base: at(1), draft: { text: 'two', replyTo: '0.1.2' } }
		);
		expect(state?.begun).toEqual([
			{ text: 'two', replyTo: '0.1.2', writer: 'laptop', stamp: at(2), base: at(1) }
		]);
		expect(state?.seen).toEqual(at(2));
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
			{ device: 'laptop', ms: 10, base: at(9), draft: { text: 'at the desk.' } }
		);
		expect(texts(state)).toEqual(['at the desk.']);
	});

	it('stay cleared once sent or cleared by a device that had seen them', () => {
		const state = drafts(
			{ device: 'phone', ms: 5, draft: { text: 'hello' } },
			{ device: 'laptop', ms: 6, base: at(5), draft: { text: '' } }
		);
		expect(state).toMatchObject({ begun: [], seen: at(6) });
		expect(state?.bases.get('laptop')).toEqual(at(5));
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
			{ device: 'desk', ms: 6, base: at(5), draft: { text: 'hello' } },
			{ device: 'laptop', ms: 9, draft: { text: 'bye' } }
		);
		expect(texts(state)).toEqual(['bye', 'hello']);
	});

	it('pass over what is not a draft', () => {
		const facts = new Map<string, Fact>([
			['draft/c/x', { value: 'hello', stamp: at(1), client: 1, s: 0 }],
			['draft/c', { value: { t: 'a', b: [0, 0] }, stamp: at(1), client: 1, s: 0 }],
			['read/c/x', { value: { t: 'a', b: [0, 0] }, stamp: at(1), client: 1, s: 0 }]
		]);
		expect(readDrafts(facts).size).toBe(0);
	});
});
