import * as Y from 'yjs';
import { describe, expect, it, vi } from 'vitest';
import { Clock } from '../domain/clock';
import { foldTimeline, type TimelineMessage } from '../domain/timeline';
import { messageEntry } from '../domain/entries.fixture';
import { createFakeTime } from './fakeSocket.fixture';
import { createMemoryDisk, createMemoryStorage, memoryLocalStore } from './memoryStorage';
import { openDrafts } from './drafts';
import { openHome } from './home';
import { openRoomSync } from './roomSync';
import { onlineOver } from './onlineOver.fixture';
import { noTabs } from './tabs';

/** Promise.withResolvers, which Node 20 has not. */
function deferred() {
	let resolve = () => {};
	const promise = new Promise<void>((settle) => (resolve = settle));
	return { promise, resolve };
}

/** One device of a user, which is offline; `meet` brings two together. */
function createDevice(deviceId: string, startMs = 1_000) {
	const time = createFakeTime(startMs);
	const disk = createMemoryDisk();
	/** Other tabs that are still there, by their slots. */
	const tabsOpen = new Set<number>();
	const open = async (tab = deviceId) => {
		const local = memoryLocalStore(disk.tables);
		const room = openRoomSync({
			room: 'home/aaaaaaaaaaaaaaaa',
			storage: createMemoryStorage(disk, time.timers),
			local,
			tabs: noTabs,
			whenOnline: onlineOver(),
			onRelayTime: () => {}
		});
		await room.whenLoaded;
		const clock = new Clock(time.now);
		const home = openHome({
			self: 'aaaaaaaaaaaaaaaa',
			deviceId: tab,
			room,
			clock,
			timers: time.timers,
			tabs: noTabs
		});
		return {
			local,
			home,
			drafts: await openDrafts({
				local,
				home,
				clock,
				tabs: { isOpen: (slot) => Promise.resolve(tabsOpen.has(slot)) }
			})
		};
	};
	return { time, open, tabsOpen };
}

/** A message as the conversation shows it. */
const said = (of: {
	readonly text: string;
	readonly ms: number;
	readonly replyTo?: string;
}): TimelineMessage[] =>
	foldTimeline([messageEntry(of)]).filter((item): item is TimelineMessage => item.type === 'message');

type Opened = Awaited<ReturnType<ReturnType<typeof createDevice>['open']>>;

function meet(one: Opened, other: Opened): void {
	Y.applyUpdate(one.home.room.doc, Y.encodeStateAsUpdate(other.home.room.doc));
	Y.applyUpdate(other.home.room.doc, Y.encodeStateAsUpdate(one.home.room.doc));
}

describe('a draft', () => {
	it('is there after a restart, at once', async () => {
		const { open } = createDevice('phone');
		await (await open()).drafts.set('c', { text: 'half a thou', replyTo: '0.1.2' });
		expect((await open()).drafts.get('c')).toMatchObject({ text: 'half a thou', replyTo: '0.1.2' });
	});

	it('that is too large for an entry stays on this device, whole, and holds up nothing else', async () => {
		const { open, time } = createDevice('phone');
		const opened = await open();
		const { drafts, home } = opened;
		const pasted = '😀'.repeat(16_384);
		void drafts.set('c', { text: pasted });
		void drafts.set('d', { text: 'short' });
		time.advance(1_000);
		expect(home.draftOf('d').begun).toMatchObject([{ text: 'short' }]);
		expect(home.draftOf('c').begun).toEqual([]);
		await drafts.stored();
		expect((await open()).drafts.get('c').text).toBe(pasted);

		void drafts.set('c', { text: pasted.slice(0, 2_000) });
		time.advance(1_000);
		expect(home.draftOf('c').begun).toMatchObject([{ text: pasted.slice(0, 2_000) }]);
	});

	it('whose row the disk refuses to let go of is told of all the same, and settled by the next page that reads it', async () => {
		const { open, time } = createDevice('phone');
		const { drafts, home, local } = await open();
		const refused = vi.spyOn(local, 'delete').mockRejectedValue(new Error('the disk is busy'));
		const onChange = vi.fn();
		await drafts.set('c', { text: 'at noon' });
		drafts.onChange(onChange);
		time.advance(1_000);
		await vi.waitFor(() => expect(refused).toHaveBeenCalledWith('drafts', expect.anything()));
		await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
		await home.room.stored();
		expect(drafts.get('c').text).toBe('at noon');

		const next = await open();
		await next.drafts.clearSent('c', said({ text: 'something else', ms: 500 }));
		time.advance(1_000);
		await vi.waitFor(async () => expect(await next.local.keys('drafts')).toEqual([]));
		expect(next.drafts.get('c').text).toBe('at noon');
	});

	it('that was to be written with something that could not be stays on this device', async () => {
		const { open, time } = createDevice('phone');
		const { drafts, home, local } = await open();
		void drafts.set('c', { text: 'at noon' });
		home.gather('broken', () => {
			throw new RangeError('cannot be written');
		});
		expect(() => time.advance(1_000)).toThrow(RangeError);
		void drafts.set('d', { text: 'written after' });
		time.advance(1_000);
		await vi.waitFor(() => expect(home.draftOf('d').begun).toMatchObject([{ text: 'written after' }]));
		await vi.waitFor(async () => expect(await local.keys('drafts')).toHaveLength(1));
		expect(await local.keys('drafts')).toEqual([expect.stringContaining('c')]);
		expect((await open()).drafts.get('c').text).toBe('at noon');
	});

	it('that a second tab had not brought to home when it was killed goes on in the first', async () => {
		const { open, tabsOpen, time } = createDevice('phone');
		const second = await open('phone.1');
		await second.drafts.set('c', { text: 'typed in the second' });
		await second.drafts.set('d', { text: 'in both' });
		tabsOpen.add(1);
		const beside = await open();
		expect(beside.drafts.get('c').text).toBe('');
		await beside.drafts.set('d', { text: 'here too' });
		tabsOpen.delete(1);

		const first = await open();
		expect(first.drafts.get('c').text).toBe('typed in the second');
		expect(first.drafts.restored).toContain('c');
		expect(first.drafts.get('d').text).toBe('here too');
		expect((await first.local.keys('drafts')).toSorted()).toEqual(['phone.1/d', 'phone/c', 'phone/d']);
		await first.drafts.clearSent('c', []);
		time.advance(1_000);
		expect(first.home.draftOf('c').begun).toMatchObject([{ writer: 'phone', text: 'typed in the second' }]);
	});

	it('keeps the reply that was chosen, however long nothing is typed', async () => {
		const { open, time } = createDevice('phone');
		const opened = await open();
		const { drafts } = opened;
		await drafts.set('c', { text: '', replyTo: '0.1.2' });
		time.advance(1_000);
		await vi.waitFor(async () => expect(await opened.local.keys('drafts')).toEqual([]));
		expect(drafts.get('c').replyTo).toBe('0.1.2');
		await drafts.set('c', { ...drafts.get('c'), text: 'at noon' });
		expect(drafts.get('c')).toMatchObject({ text: 'at noon', replyTo: '0.1.2' });
	});

	it('that is a reply with nothing typed yet goes on elsewhere, and hides no text that was begun there', async () => {
		const phone = createDevice('phone');
		const laptop = createDevice('laptop', 5_000);
		const [one, other] = [await phone.open(), await laptop.open()];
		await one.drafts.set('c', { text: '', replyTo: '0.1.2' });
		await other.drafts.set('d', { text: 'begun' });
		await one.drafts.set('d', { text: '', replyTo: '0.1.3' });
		for (const { time } of [phone, laptop]) time.advance(1_000);
		meet(one, other);
		expect(other.drafts.get('c', other.drafts.adopt('c')).replyTo).toBe('0.1.2');
		expect(one.drafts.preview('d')).toBe('begun');
		expect(one.drafts.others('d')).toEqual([{ text: 'begun' }]);
		expect(other.drafts.others('d')).toEqual([]);
	});

	it('that was typed before home was here hides all the same what this device had written over', async () => {
		const phone = createDevice('phone');
		const laptop = createDevice('laptop', 5_000);
		const [one, other] = [await phone.open(), await laptop.open()];
		await one.drafts.set('c', { text: 'from the boat' });
		phone.time.advance(1_000);
		meet(one, other);
		await other.drafts.choose('c', { text: 'from the boat, and the beach' });
		laptop.time.advance(1_000);
		meet(one, other);

		const started = createDevice('laptop', 9_000);
		const late = await started.open();
		await late.drafts.set('c', { text: 'from the beach' });
		meet(one, late);
		started.time.advance(1_000);
		expect(late.home.draftOf('c').begun).toMatchObject([{ writer: 'laptop', text: 'from the beach' }]);
	});

	it('stays gone when it was emptied', async () => {
		const { open, time } = createDevice('phone');
		const { drafts } = await open();
		await drafts.set('c', { text: 'no' });
		time.advance(1_000);
		await drafts.set('c', { text: '' });
		expect((await open()).drafts.get('c').text).toBe('');
	});

	it('leaves the field at once when it is sent, and the disk only when the message is there', async () => {
		const { open } = createDevice('phone');
		const { drafts } = await open();
		await drafts.set('c', { text: 'hello' });
		const stored = deferred();
		const sent = drafts.sent('c', stored.promise);
		expect(drafts.get('c').text).toBe('');
		expect((await open()).drafts.get('c').text).toBe('hello');
		stored.resolve();
		await sent;
		expect((await open()).drafts.get('c').text).toBe('');
	});

	it('that was sent by a page which ended before it was cleared goes when the conversation is read again', async () => {
		const { open, time } = createDevice('phone');
		const { drafts } = await open();
		await drafts.set('c', { text: 'hello' });
		void drafts.sent('c', deferred().promise);
		const next = await open();
		time.advance(1_000);
		// Not for other devices yet: there it would be a text that was never sent.
		expect(next.home.draftOf('c').begun).toEqual([]);
		await next.drafts.clearSent('c', said({ text: 'hello', ms: 1_500 }));
		expect(next.drafts.get('c').text).toBe('');
		time.advance(1_000);
		expect((await open()).drafts.get('c').text).toBe('');
	});

	describe.each([
		['the first had to be brought to home', false],
		['the first was in home', true]
	])('typed while a message is on its way to the disk, where %s', (_what, isInHome) => {
		async function dieWhileLeaving() {
			const device = createDevice('phone');
			const { drafts, local } = await device.open();
			await drafts.set('c', { text: 'first!', replyTo: '0.1.2' });
			if (isInHome) {
				device.time.advance(1_000);
				await vi.waitFor(async () => expect(await local.keys('drafts')).toEqual([]));
			}
			void drafts.sent('c', deferred().promise);
			await drafts.set('c', { text: 'second' });
			device.time.advance(1_000);
			await drafts.stored();
			return device;
		}

		it('survives a crash, and so does the message that did not get there', async () => {
			const { open } = await dieWhileLeaving();
			const next = await open();
			expect(next.drafts.restored).toEqual(['c']);
			await next.drafts.clearSent('c', []);
			expect(next.drafts.get('c')).toMatchObject({ text: 'first!\nsecond', replyTo: '0.1.2' });
			const last = await open();
			await last.drafts.clearSent('c', []);
			expect(last.drafts.get('c').text).toBe('first!\nsecond');
		});

		it('survives a crash, and the message that did get there is not in the field again', async () => {
			const { open } = await dieWhileLeaving();
			const next = await open();
			await next.drafts.clearSent('c', said({ text: 'first!', ms: 3_000, replyTo: '0.1.2' }));
			expect(next.drafts.get('c')).toMatchObject({ text: 'second', replyTo: undefined });
			const last = await open();
			await last.drafts.clearSent('c', []);
			expect(last.drafts.get('c').text).toBe('second');
		});
	});

	it('that came back and was written on is there once, as it was written on', async () => {
		const { open } = createDevice('phone');
		const { drafts } = await open();
		await drafts.set('c', { text: 'hello' });
		void drafts.sent('c', deferred().promise);
		await drafts.stored();
		const next = await open();
		await next.drafts.set('c', { text: `${next.drafts.get('c').text} there` });
		await next.drafts.clearSent('c', []);
		expect(next.drafts.get('c').text).toBe('hello there');
		expect(await next.local.keys('drafts')).toEqual(['phone/c']);
	});

	it('of two messages on their way to the disk, each that did not get there is back', async () => {
		const { open } = createDevice('phone');
		const { drafts } = await open();
		await drafts.set('c', { text: 'one' });
		void drafts.sent('c', deferred().promise);
		await drafts.set('c', { text: 'two' });
		void drafts.sent('c', deferred().promise);
		await drafts.stored();
		const next = await open();
		expect(next.drafts.get('c').text).toBe('two');
		await next.drafts.clearSent('c', []);
		expect(next.drafts.get('c').text).toBe('one\ntwo');
	});

	it('that was sent by a tab which is gone is back in the next one', async () => {
		const { open, tabsOpen } = createDevice('phone');
		const second = await open('phone.1');
		await second.drafts.set('c', { text: 'hello' });
		void second.drafts.sent('c', deferred().promise);
		await second.drafts.stored();
		tabsOpen.add(1);
		expect((await open()).drafts.get('c').text).toBe('');
		tabsOpen.delete(1);
		expect((await open()).drafts.get('c').text).toBe('hello');
	});

	it('that was in home when it was sent goes as well', async () => {
		const { open, time } = createDevice('phone');
		const first = await open();
		await first.drafts.set('c', { text: 'hello' });
		time.advance(1_000);
		await vi.waitFor(async () => expect(await first.local.keys('drafts')).toEqual([]));
		void first.drafts.sent('c', deferred().promise);
		const { drafts } = await open();
		expect(drafts.get('c').text).toBe('hello');
		await drafts.clearSent('c', said({ text: 'hello', ms: 3_000 }));
		expect(drafts.get('c').text).toBe('');
	});

	it('of another device that was gone on from and sent here goes as well', async () => {
		const phone = createDevice('phone');
		const laptop = createDevice('laptop', 5_000);
		const [one, other] = [await phone.open(), await laptop.open()];
		await one.drafts.set('c', { text: 'from the boat' });
		phone.time.advance(1_000);
		meet(one, other);
		void other.drafts.sent('c', deferred().promise, other.drafts.adopt('c'));
		const next = await laptop.open();
		const adopted = next.drafts.adopt('c');
		expect(next.drafts.get('c', adopted).text).toBe('from the boat');
		await next.drafts.clearSent('c', said({ text: 'from the boat', ms: 5_000 }));
		expect(next.drafts.get('c', adopted).text).toBe('');
		expect(next.drafts.others('c', adopted)).toEqual([]);
	});

	it('that was not sent stays when the conversation is read again, and goes on elsewhere from then on', async () => {
		const { open, time } = createDevice('phone');
		await (await open()).drafts.set('c', { text: 'hello' });
		const { drafts, home } = await open();
		expect(drafts.restored).toEqual(['c']);
		await drafts.clearSent('c', said({ text: 'hello', ms: 500 }));
		expect(drafts.restored).toEqual([]);
		time.advance(1_000);
		expect(drafts.get('c').text).toBe('hello');
		expect(home.draftOf('c').begun).toMatchObject([{ text: 'hello', writer: 'phone' }]);
	});

	it('is back after a restart if the message never reached the disk', async () => {
		const { open } = createDevice('phone');
		const { drafts } = await open();
		await drafts.set('c', { text: 'hello' });
		await expect(drafts.sent('c', Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
		expect((await open()).drafts.get('c').text).toBe('hello');
	});

	it('typed while the last message is being stored is kept', async () => {
		const { open } = createDevice('phone');
		const { drafts } = await open();
		await drafts.set('c', { text: 'one' });
		const stored = deferred();
		const sent = drafts.sent('c', stored.promise);
		await drafts.set('c', { text: 'two' });
		stored.resolve();
		await sent;
		expect((await open()).drafts.get('c').text).toBe('two');
	});

	it('begun on the phone goes on at the laptop', async () => {
		const phone = createDevice('phone');
		const laptop = createDevice('laptop', 5_000);
		const [one, other] = [await phone.open(), await laptop.open()];
		await one.drafts.set('c', { text: 'from the boat' });
		phone.time.advance(1_000);
		meet(one, other);
		const adopted = other.drafts.adopt('c');
		expect(other.drafts.get('c', adopted).text).toBe('from the boat');
		await other.drafts.set('c', { text: 'from the boat, on land' }, adopted);
		laptop.time.advance(1_000);
		meet(one, other);
		expect(one.drafts.get('c', one.drafts.adopt('c')).text).toBe('from the boat, on land');
		expect(one.drafts.others('c', one.drafts.adopt('c'))).toEqual([]);
	});

	it('written over another unseen keeps both, until the person has chosen', async () => {
		const phone = createDevice('phone');
		const laptop = createDevice('laptop', 5_000);
		const [one, other] = [await phone.open(), await laptop.open()];
		await one.drafts.set('c', { text: 'from the boat' });
		await other.drafts.set('c', { text: 'at the desk' });
		phone.time.advance(1_000);
		laptop.time.advance(1_000);
		meet(one, other);
		expect(other.drafts.get('c').text).toBe('at the desk');
		expect(other.drafts.others('c')).toEqual([{ text: 'from the boat' }]);
		await other.drafts.set('c', { text: 'at the desk still' });
		laptop.time.advance(1_000);
		expect(other.drafts.others('c')).toEqual([{ text: 'from the boat' }]);
		await other.drafts.choose('c', { text: 'from the boat' });
		laptop.time.advance(1_000);
		meet(one, other);
		expect(other.drafts.others('c')).toEqual([]);
		expect(one.drafts.get('c', one.drafts.adopt('c')).text).toBe('from the boat');
	});

	it('is followed in the field where it was begun, while another device goes on with it, and back again', async () => {
		const phone = createDevice('phone');
		const laptop = createDevice('laptop', 5_000);
		const [one, other] = [await phone.open(), await laptop.open()];
		await one.drafts.set('c', { text: 'from the boat' });
		phone.time.advance(1_000);
		meet(one, other);
		const adopted = other.drafts.adopt('c');
		await other.drafts.set('c', { text: 'from the boat, on land' }, adopted);
		laptop.time.advance(1_000);
		meet(one, other);
		expect(one.drafts.get('c').text).toBe('from the boat, on land');
		expect(one.drafts.others('c')).toEqual([]);
		phone.time.advance(10_000);
		await one.drafts.set('c', { text: 'from the boat, on land, at home' });
		phone.time.advance(1_000);
		meet(one, other);
		expect(other.drafts.get('c', adopted).text).toBe('from the boat, on land, at home');
		expect(other.drafts.others('c', adopted)).toEqual([]);
		await other.drafts.sent('c', Promise.resolve(), adopted);
		laptop.time.advance(20_000);
		meet(one, other);
		expect(one.drafts.get('c').text).toBe('');
	});

	it('sent on one device is cleared on the other', async () => {
		const phone = createDevice('phone');
		const laptop = createDevice('laptop', 5_000);
		const [one, other] = [await phone.open(), await laptop.open()];
		await one.drafts.set('c', { text: 'hello' });
		phone.time.advance(1_000);
		meet(one, other);
		await other.drafts.sent('c', Promise.resolve(), other.drafts.adopt('c'));
		laptop.time.advance(1_000);
		meet(one, other);
		expect(one.drafts.get('c').text).toBe('');
	});

	it('of another device never comes into the field while one writes here', async () => {
		const phone = createDevice('phone');
		const laptop = createDevice('laptop', 5_000);
		const [one, other] = [await phone.open(), await laptop.open()];
		const adopted = other.drafts.adopt('c');
		await one.drafts.set('c', { text: 'from the boat' });
		phone.time.advance(1_000);
		meet(one, other);
		expect(other.drafts.get('c', adopted).text).toBe('');
		expect(other.drafts.others('c', adopted)).toEqual([{ text: 'from the boat' }]);
		await other.drafts.sent('c', Promise.resolve(), adopted);
		laptop.time.advance(1_000);
		meet(one, other);
		expect(one.drafts.get('c').text).toBe('from the boat');
	});

	it('that arrives late is kept, though another device has gone on from a newer one', async () => {
		const phone = createDevice('phone');
		const desk = createDevice('desk', 3_000);
		const laptop = createDevice('laptop', 5_000);
		const [one, two, three] = [await phone.open(), await desk.open(), await laptop.open()];
		await one.drafts.set('c', { text: 'from the boat' });
		await two.drafts.set('c', { text: 'at the desk' });
		for (const { time } of [phone, desk]) time.advance(1_000);
		meet(two, three);
		await three.drafts.set('c', { text: 'at the desk, later' }, three.drafts.adopt('c'));
		laptop.time.advance(1_000);
		meet(one, three);
		expect(one.drafts.get('c').text).toBe('from the boat');
		expect(three.drafts.others('c')).toEqual([{ text: 'from the boat' }]);
	});

	it('that its device wrote on after it was adopted is kept beside what was typed over it', async () => {
		const phone = createDevice('phone');
		const laptop = createDevice('laptop', 5_000);
		const [one, other] = [await phone.open(), await laptop.open()];
		await one.drafts.set('c', { text: 'from the boat' });
		phone.time.advance(1_000);
		meet(one, other);
		const adopted = other.drafts.adopt('c');
		await other.drafts.set('c', { text: 'at the desk' }, adopted);
		expect(other.drafts.others('c', adopted)).toEqual([]);
		laptop.time.advance(1_000);
		await one.drafts.set('c', { text: 'from the boat again' });
		phone.time.advance(1_000);
		meet(one, other);
		await other.drafts.set('c', { text: 'at the desk still' }, adopted);
		laptop.time.advance(1_000);
		meet(one, other);
		expect(one.drafts.get('c').text).toBe('from the boat again');
		expect(other.drafts.others('c', adopted)).toEqual([{ text: 'from the boat again' }]);
	});

	it('is on this device alone until the relay has it, and never where it was only gone on from', async () => {
		const phone = createDevice('phone');
		const [one, other] = [await phone.open(), await createDevice('laptop', 5_000).open()];
		expect(one.drafts.isOnlyHere('c')).toBe(false);
		await one.drafts.set('c', { text: 'from the boat' });
		expect(one.drafts.isOnlyHere('c')).toBe(true);
		phone.time.advance(1_000);
		expect(one.drafts.isOnlyHere('c')).toBe(true);
		meet(one, other);
		expect(other.drafts.get('c', other.drafts.adopt('c')).text).toBe('from the boat');
		expect(other.drafts.isOnlyHere('c')).toBe(false);

		const vector = Y.decodeStateVector(Y.encodeStateVector(one.home.room.doc));
		await one.local.put('acks', one.home.room.room, [...vector]);
		await one.home.close();
		const again = await phone.open();
		await vi.waitFor(() => expect(again.drafts.isOnlyHere('c')).toBe(false));
		expect(again.drafts.get('c').text).toBe('from the boat');
		await again.drafts.set('c', { text: 'from the boat, later' });
		expect(again.drafts.isOnlyHere('c')).toBe(true);
	});
});
