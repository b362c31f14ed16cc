import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairQueue, SLICE_BYTES } from './fairQueue';

const message = (bytes: number) => ({ bytes: new Uint8Array(bytes) });
const SMALL = message(10);
const LARGE = message(3 * SLICE_BYTES);

/** Channels in the order of their slices; a slice that ends a message in capitals. */
function drain(queue: FairQueue<{ bytes: Uint8Array }>, names = 'abcdefgh'): string {
	let order = '';
	for (let slice = queue.next(); slice; slice = queue.next()) {
		const name = names[slice.channel]!;
		order += slice.isLast ? name.toUpperCase() : name;
	}
	return order;
}

describe('a fair queue', () => {
	it('gives each channel its slice in turn, so that a small message is not behind a large one', () => {
		const queue = new FairQueue();
		queue.push(0, LARGE);
		queue.push(1, LARGE);
		queue.push(2, SMALL);
		expect(drain(queue)).toBe('abCabAB');
	});

	it('keeps the order within a channel', () => {
		const queue = new FairQueue();
		queue.push(0, LARGE);
		queue.push(0, SMALL);
		queue.push(1, SMALL);
		queue.push(1, SMALL);
		expect(drain(queue)).toBe('aBaBAA');
	});

	it('lets a channel of the first rank go before all others, from the moment on that it is one', () => {
		const queue = new FairQueue();
		queue.push(0, LARGE);
		queue.push(1, LARGE);
		expect(queue.next()?.channel).toBe(0);
		queue.rank(1, true);
		queue.push(2, SMALL);
		expect(drain(queue)).toBe('bbBaCA');
	});

	it('lets it wait with the others again when it no longer is one', () => {
		const queue = new FairQueue();
		queue.rank(1, true);
		queue.push(0, SMALL);
		queue.push(1, SMALL);
		queue.rank(1, false);
		expect(drain(queue)).toBe('AB');
	});

	it('while histories are held up, gives whole messages of the first rank alone', () => {
		const queue = new FairQueue();
		queue.rank(1, true);
		queue.rank(2, true);
		queue.push(0, SMALL);
		queue.push(1, LARGE);
		queue.push(2, SMALL);
		expect(queue.next({ holdsHistories: true })?.channel).toBe(2);
		expect(queue.next({ holdsHistories: true })).toBeUndefined();
		expect(drain(queue)).toBe('bbBA');
	});

	it('begins no more large messages than it may', () => {
		const queue = new FairQueue({ begunMax: 2 });
		for (const channel of [0, 1, 2]) queue.push(channel, LARGE);
		queue.push(3, SMALL);
		expect(drain(queue)).toBe('abDabAcBcC');
	});

	it('forgets a channel that is no more, though it had begun', () => {
		const queue = new FairQueue();
		queue.push(0, LARGE);
		queue.push(1, SMALL);
		queue.next();
		queue.remove(0);
		expect(queue.channels()).toEqual([1]);
		expect(queue.bytes).toBe(SMALL.bytes.length);
		expect(drain(queue)).toBe('B');
	});

	it('gives every byte once, in order within each channel, whatever is pushed and ranked in between', () => {
		const deed = fc.oneof(
			fc.record({ do: fc.constant('push'), channel: fc.nat(3), bytes: fc.nat(3 * SLICE_BYTES) }),
			fc.record({ do: fc.constant('rank'), channel: fc.nat(3), bytes: fc.nat(1) }),
			fc.record({ do: fc.constant('next'), channel: fc.constant(0), bytes: fc.constant(0) })
		);
		fc.assert(
			fc.property(fc.array(deed), (deeds) => {
				const queue = new FairQueue<{ bytes: Uint8Array; n: number }>();
				const pushed = new Map<number, number[]>();
				const came = new Map<number, number[]>();
				let waiting = 0;
				const take = () => {
					const slice = queue.next();
					if (!slice) return false;
					waiting -= slice.to - slice.from;
					if (slice.isLast) came.set(slice.channel, [...(came.get(slice.channel) ?? []), slice.item.n]);
					return true;
				};
				for (const [n, { do: what, channel, bytes }] of deeds.entries()) {
					if (what === 'push') {
						queue.push(channel, { bytes: new Uint8Array(bytes), n });
						pushed.set(channel, [...(pushed.get(channel) ?? []), n]);
						waiting += bytes;
					} else if (what === 'rank') queue.rank(channel, bytes === 1);
					else take();
					expect(queue.bytes).toBe(waiting);
				}
				while (take());
				expect(came).toEqual(pushed);
				expect(queue.isEmpty).toBe(true);
			})
		);
	});
});
