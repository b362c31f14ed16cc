import { expect, it, vi } from 'vitest';
import { farMessages } from './farMessages';
import type { EntryId } from '../domain/entry';
import type { Quote } from '../domain/quote';

const idIn = (segment: number, s = 0): EntryId => `${segment}.1.${s}`;
const shown = (text: string): Quote => ({ state: 'shown', message: { text } as never });
const textOf = (quote: Quote) => (quote.state === 'shown' ? quote.message.text : quote.state);

/** A conversation with a message in each of its segments, none of them in memory. */
function createConversation({ kept = [0, 1, 2], reaches = 2 } = {}) {
	const texts = new Map(kept.map((n) => [n, `text ${n}`]));
	const inMemory = new Map<number, number>();
	const opened: number[] = [];
	let tell = () => {};
	const conversation = {
		quote: (id: EntryId): Quote => {
			const n = Number(id.split('.')[0]);
			return inMemory.get(n) ? shown(texts.get(n)!) : { state: 'missing' };
		},
		reaches: (n: number) => n <= reaches,
		keepsSegment: async (n: number) => texts.has(n),
		onChange: (listener: () => void) => {
			tell = listener;
			return () => (tell = () => {});
		},
		holdSegment: (n: number) => {
			opened.push(n);
			inMemory.set(n, (inMemory.get(n) ?? 0) + 1);
			return {
				whenLoaded: Promise.resolve(),
				letGo: async () => void inMemory.set(n, inMemory.get(n)! - 1)
			};
		}
	};
	const changed = (n: number, text: string) => {
		texts.set(n, text);
		tell();
	};
	return { conversation, opened, inMemory, changed };
}

function reader(of = createConversation()) {
	const onRead = vi.fn();
	const onProblem = vi.fn();
	const far = farMessages({ sync: () => of.conversation, onRead, onProblem });
	return { ...of, far, onRead, onProblem };
}

it('a message of a segment that is not in memory is read from this device, and its segment let go again', async () => {
	const { far, onRead, inMemory } = reader();
	expect(textOf(far.quote(idIn(0)))).toBe('missing');
	await vi.waitFor(() => expect(onRead).toHaveBeenCalledTimes(1));
	expect(textOf(far.quote(idIn(0)))).toBe('text 0');
	expect(inMemory.get(0)).toBe(0);
});

it('several of one segment are read at once, and each segment once', async () => {
	const { far, onRead, opened } = reader();
	for (const id of [idIn(0), idIn(1), idIn(0, 1), idIn(0)]) far.quote(id);
	await vi.waitFor(() => expect(onRead).toHaveBeenCalledTimes(2));
	for (const id of [idIn(0), idIn(1), idIn(0, 1), idIn(0)]) far.quote(id);
	expect(opened).toEqual([0, 1]);
});

it('what this device does not keep, or the user may not read, is not opened', async () => {
	const { far, onRead, opened } = reader(createConversation({ kept: [1], reaches: 1 }));
	for (const n of [0, 2, 1]) far.quote(idIn(n));
	await vi.waitFor(() => expect(onRead).toHaveBeenCalledTimes(1));
	expect(opened).toEqual([1]);
});

it('what changes while its segment is in memory for another reason is shown as it then is', async () => {
	const { far, onRead, conversation, changed } = reader();
	far.quote(idIn(0));
	await vi.waitFor(() => expect(onRead).toHaveBeenCalled());
	const held = conversation.holdSegment(0);
	changed(0, 'changed');
	await held.letGo();
	expect(textOf(far.quote(idIn(0)))).toBe('changed');
});

it('a disk that cannot be read is told, and the others are read', async () => {
	const of = createConversation();
	const { far, onRead, onProblem } = reader(of);
	of.conversation.keepsSegment = vi
		.fn<(n: number) => Promise<boolean>>()
		.mockRejectedValueOnce(new Error('gone'))
		.mockResolvedValue(true);
	far.quote(idIn(0));
	far.quote(idIn(1));
	await vi.waitFor(() => expect(onRead).toHaveBeenCalledTimes(1));
	expect(onProblem).toHaveBeenCalledTimes(1);
	expect([idIn(0), idIn(1)].map((id) => textOf(far.quote(id)))).toEqual(['missing', 'text 1']);
});

it('nothing is read once the screen is left', async () => {
	const { far, opened } = reader();
	far.quote(idIn(0));
	far.close();
	await new Promise(setImmediate);
	expect(opened).toEqual([]);
});
