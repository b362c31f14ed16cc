import { NOBODY } from './entries.fixture';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS, createPartitions, type Device, type Step } from './partitions.fixture';
import { decodeEditBody } from './annotationBodies';
import { countUnread } from './unread';
import { foldTimeline } from './timeline';
import { formatEntryId, KIND, type Entry } from './entry';
import { lateErasures } from './erasures';

const arbitrarySteps: fc.Arbitrary<Step[]> = fc.array(
	fc.record({ device: fc.nat(3), command: fc.constantFrom(...COMMANDS), pick: fc.nat(50) }),
	{ maxLength: 60, size: 'max' }
);

const NO_SEALS = new Map<number, never>();

const decoder = new TextDecoder();
const bodiesOn = (device: Device): string[] =>
	device.entries().flatMap(({ body }) => (body ? [decoder.decode(body)] : []));

function expectSensible(device: Device): void {
	const messages = device.messages();
	expect(device.fold.items).toEqual(foldTimeline(device.entries()));
	const index = new Map(messages.map(({ id }, i) => [id, i]));
	expect(index.size).toBe(messages.length);
	for (const { id, author, text, deleted, replyTo } of messages) {
		// Nobody speaks in another's name.
		expect(deleted ? text === '' : text.startsWith(author)).toBe(true);
		if (replyTo !== undefined && index.has(replyTo)) expect(index.get(replyTo)).toBeLessThan(index.get(id)!);
	}
}

/** The messages of each device in the order in which they were written: its clock is never set back. */
function expectAuthorsOrder(device: Device): void {
	const written = device.entries().filter(({ kind }) => kind === KIND.message);
	for (const name of [1, 2, 3]) {
		const own = (entry: Pick<Entry, 'client'>) => Math.floor(entry.client / 1_000) === name;
		const shown = device.messages().filter(own);
		const stamps = new Map(written.filter(own).map((entry) => [formatEntryId(entry), entry.stamp]));
		const sorted = shown.toSorted((a, b) => {
			const [x, y] = [stamps.get(a.id)!, stamps.get(b.id)!];
			return x.ms - y.ms || x.counter - y.counter;
		});
		expect(shown.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
	}
}

describe('devices that write apart and meet at times', () => {
	it('show the same in the end, and at no time anything that should not be (P2–P6)', () => {
		fc.assert(
			fc.property(arbitrarySteps, (steps) => {
				const world = createPartitions();
				for (const step of steps) {
					world.step(step);
					expectSensible(world.devices[step.device]!);
				}
				world.heal();
				const [one, ...others] = world.devices;
				for (const other of others) expect(other.fold.items).toEqual(one!.fold.items);
				expectAuthorsOrder(one!);
				for (const { id, deleted } of one!.messages())
					if (world.moderated.has(id)) expect(deleted).toBe(true);
				for (const device of world.devices) {
					expectSensible(device);
					expect(lateErasures(device.entries(), device.user)).toEqual([]);
				}
			}),
			{ numRuns: 300 }
		);
	});

	it('keep to themselves what was cancelled or replaced before it left, and nowhere what was deleted (P6)', () => {
		fc.assert(
			fc.property(arbitrarySteps, (steps) => {
				const world = createPartitions();
				for (const step of steps) world.step(step);
				world.heal();
				const deleted = new Map(
					world.devices[0]!.messages().flatMap((each) => (each.deleted ? [[each.id, each] as const] : []))
				);
				for (const device of world.devices) {
					const bodies = bodiesOn(device).join('\n');
					for (const text of world.recalled) expect(bodies.match(new RegExp(`${text}\\b`))).toBeNull();
					for (const entry of device.entries().filter(({ body }) => body)) {
						expect(deleted.has(formatEntryId(entry))).toBe(false);
						const edited = entry.kind === KIND.edit && deleted.get(decodeEditBody(entry.body!)!.target);
						// Another's edit never counted, and is not the author's to erase.
						if (edited) expect(entry.author).not.toBe(edited.author);
					}
				}
			}),
			{ numRuns: 300 }
		);
	});

	it('of one user count the same unread messages', () => {
		fc.assert(
			fc.property(arbitrarySteps, (steps) => {
				const world = createPartitions();
				for (const step of steps) world.step(step);
				world.heal();
				const [phone, laptop] = world.devices as [Device, Device];
				const unread = (device: Device) =>
					countUnread(device.readState(), device.fold.items, {
						self: device.user,
						blocked: NOBODY,
						seals: NO_SEALS
					});
				expect(unread(phone)).toBe(unread(laptop));
			}),
			{ numRuns: 200 }
		);
	});
});
