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

describe('drafts on several devices', () => {
	it('show the newest, with the reply that it answers', () => {
		const state = drafts(
			{ device: 'phone', ms: 1, draft: { text: 'one' } },
			{ device: 'laptop', ms: 2, base: at(1), draft: { text: 'two', replyTo: '0.1.2' } }
		);
		expect(state).toEqual({ current: { text: 'two', replyTo: '0.1.2' }, others: [], seen: at(2) });
	});

	it('keep both when one was written over another unseen', () => {
		const state = drafts(
			{ device: 'phone', ms: 5, draft: { text: 'on the boat' } },
			{ device: 'laptop', ms: 9, draft: { text: 'at the desk' } }
		);
		expect(state?.current).toEqual({ text: 'at the desk' });
		expect(state?.others).toEqual([{ text: 'on the boat' }]);
	});

	it('offer nothing twice: the next writing has seen both', () => {
		const state = drafts(
			{ device: 'phone', ms: 5, draft: { text: 'on the boat' } },
			{ device: 'laptop', ms: 10, base: at(9), draft: { text: 'at the desk.' } }
		);
		expect(state?.others).toEqual([]);
	});

	it('stay cleared once sent or cleared, also by a device that had seen the other', () => {
		const state = drafts(
			{ device: 'phone', ms: 5, draft: { text: 'hello' } },
			{ device: 'laptop', ms: 6, base: at(5), draft: { text: '' } }
		);
		expect(state).toEqual({ current: { text: '' }, others: [], seen: at(6) });
	});

	it('offer what was typed elsewhere when this one is cleared without having seen it', () => {
		const state = drafts(
			{ device: 'phone', ms: 5, draft: { text: 'hello' } },
			{ device: 'laptop', ms: 6, draft: { text: '' } }
		);
		expect(state?.others).toEqual([{ text: 'hello' }]);
	});

	it('do not offer one that a third device has seen and gone on from', () => {
		const state = drafts(
			{ device: 'phone', ms: 5, draft: { text: 'hel' } },
			{ device: 'tablet', ms: 6, base: at(5), draft: { text: 'hello' } },
			{ device: 'laptop', ms: 9, draft: { text: 'bye' } }
		);
		expect(state?.others).toEqual([{ text: 'hello' }]);
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
