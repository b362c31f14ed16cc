/**
 * Devices that write a conversation apart from each other and meet at times: logs as the documents hold them (each grows
 * at its end, a body once erased stays so), without Yjs and without a relay; and the server among them, which does
 * nothing but erase what others wrote. What a device has read stands in facts that the devices of its user exchange.
 */
import {
	NOBODY,
	ALICE,
	BOB,
	editEntry,
	erased,
	erasedEntry,
	messageEntry,
	moderatedEntry,
	pinEntry,
	reactionEntry,
	redactionEntry
} from './entries.fixture';
import { bodiesOf, erasedBy, lateErasures } from './erasures';
import { Clock } from './clock';
import { createTimelineFold } from './timelineFold';
import { formatEntryId, type Entry, type EntryId, type EntryRef } from './entry';
import { joinReadState, NOTHING_READ, type ReadState } from './readState';
import { markRead, markUnreadFrom } from './reading';
import type { TimelineMessage } from './timelineItem';
import { SYSTEM_USER, type UserId } from './ids';

export const COMMANDS = [
	'send',
	'send',
	'reply',
	'edit',
	'replaceQueued',
	'cancel',
	'redact',
	'react',
	'pin',
	'read',
	'unreadFrom',
	'reload',
	'rollOver',
	'sync',
	'sync'
] as const;

export interface Step {
	readonly device: number;
	readonly command: (typeof COMMANDS)[number];
	/** Which message, emoji or device it is about. */
	readonly pick: number;
}

const NO_SEALS = new Map<number, never>();

export type Device = ReturnType<typeof createDevice>;

function createDevice(user: UserId, name: number, skewMs: number) {
	const logs = new Map<string, Entry[]>();
	const readFacts = new Map<number, ReadState>();
	const fold = createTimelineFold();
	let now = 1_000;
	const clock = new Clock(() => now + skewMs);
	let incarnation = 0;
	let live = 0;

	/** Takes entries as they now are, in batches that tear apart what was written together. */
	function take(entries: readonly Entry[], batch: number): void {
		for (const entry of entries) {
			const log = logs.get(`${entry.segment}.${entry.client}`) ?? [];
			log[entry.s] = entry;
			logs.set(`${entry.segment}.${entry.client}`, log);
			if (entry.body) clock.observe(entry.stamp);
			live = Math.max(live, entry.segment);
		}
		for (let i = 0; i < entries.length; i += batch) fold.apply(entries.slice(i, i + batch));
	}

	const where = (segment = live) => {
		const client = name * 1_000 + incarnation * 2 + segment;
		const stamp = clock.tick();
		return { author: user, segment, client, s: logs.get(`${segment}.${client}`)?.length ?? 0, ...stamp };
	};

	return {
		user,
		name,
		fold,
		logs,
		readFacts,
		take,
		where,
		entries: () => [...logs.values()].flat(),
		messages: () => fold.items.filter((item): item is TimelineMessage => item.type === 'message'),
		readState: () => [...readFacts.values()].reduce(joinReadState, NOTHING_READ),
		tickWall: () => void (now += 3),
		reload: () => void incarnation++,
		rollOver: () => void (live = 1)
	};
}

export function createPartitions() {
	const devices = [
		createDevice(ALICE, 1, 0),
		createDevice(ALICE, 2, 40),
		createDevice(BOB, 3, -25),
		createDevice(SYSTEM_USER, 4, 10)
	];
	/** Messages that a moderator had erased. */
	const moderated = new Set<EntryId>();
	/** Texts that were erased before any other device had them. */
	const recalled = new Set<string>();
	let written = 0;

	/** True if no other device has the entry. */
	const alone = (device: Device, entry: EntryRef) =>
		devices.every(
			(other) => other === device || !other.logs.get(`${entry.segment}.${entry.client}`)?.[entry.s]
		);

	function erase(device: Device, gone: readonly Entry[]): void {
		for (const entry of gone) if (alone(device, entry)) recalled.add(textOf(entry));
		device.take(gone.map(erased), 1);
	}

	/** Texts of the simulation say who wrote them and are told apart by a number. */
	const textOf = (entry: Entry) => new TextDecoder().decode(entry.body).match(/[ab]{16} #\d+/)![0];

	function act(device: Device, command: Step['command'], pick: number): void {
		device.tickWall();
		const text = `${device.user} #${written++}`;
		const messages = device.messages();
		const message = messages.length > 0 ? messages[pick % messages.length]! : undefined;
		if (device.user === SYSTEM_USER) return order(device, message, command, pick);
		if (command === 'send') device.take([messageEntry({ ...device.where(), text })], 1);
		if (command === 'reload') device.reload();
		if (command === 'rollOver') device.rollOver();
		if (command === 'sync') meet(device, devices[pick % devices.length]!, 1 + (pick % 5));
		if (message) actOn(device, message, command, pick, text);
	}

	/** The server meets a device, or erases: one message, or all that somebody wrote in a segment until then. */
	function order(
		server: Device,
		message: TimelineMessage | undefined,
		command: Step['command'],
		pick: number
	): void {
		if (command === 'sync') return meet(server, devices[pick % devices.length]!, 1 + (pick % 5));
		if (!message) return;
		const { id: target, segment, author } = message;
		const all = command === 'reload';
		const entries = server.entries().filter((entry) => entry.segment === segment);
		const gone = erasedBy(all ? { author } : { author, message: target }, entries).bodies;
		if (!all) moderated.add(target);
		server.take(
			[
				all
					? erasedEntry({ ...server.where(segment), of: author })
					: moderatedEntry({ ...server.where(segment), target })
			],
			1
		);
		server.take(gone.map(erased), 1);
	}

	function actOn(
		device: Device,
		message: TimelineMessage,
		command: Step['command'],
		pick: number,
		text: string
	): void {
		const { id: target, segment, replyTo } = message;
		const about = () => ({ ...device.where(segment), target });
		const own = bodiesOf(target, device.entries(), device.user);
		const queued = own.length > 0 && own.every((entry) => alone(device, entry)) && alone(device, message);
		const edit = () => editEntry({ ...about(), text, replyTo });
		if (command === 'reply') device.take([messageEntry({ ...device.where(), text, replyTo: target })], 1);
		if (command === 'edit') device.take([edit()], 1);
		if (command === 'react')
			device.take([reactionEntry({ ...about(), emoji: pick % 2 ? '👍' : '🎉', on: pick % 3 > 0 })], 1);
		if (command === 'pin') device.take([pinEntry({ ...about(), on: pick % 3 > 0 })], 1);
		if (command === 'redact') device.take([redactionEntry(about())], 1);
		if (command === 'replaceQueued' && queued) device.take([edit()], 1);
		if (command === 'redact' || (queued && (command === 'replaceQueued' || command === 'cancel')))
			erase(device, own);
		const reading = { self: device.user, blocked: NOBODY, seals: NO_SEALS };
		const items = device.fold.items;
		if (command === 'read') {
			const seen = items.slice(0, 1 + (pick % items.length));
			device.readFacts.set(device.name, markRead(device.readState(), { ...reading, seen, items }));
		}
		if (command === 'unreadFrom')
			device.readFacts.set(device.name, markUnreadFrom(device.readState(), target, items, reading));
	}

	/** Both get what the other has; the devices of one user their facts too, and their late erasures are done. */
	function meet(a: Device, b: Device, batch: number): void {
		give(a, b, batch);
		give(b, a, batch);
	}

	function give(from: Device, to: Device, batch: number): void {
		const news = from.entries().filter((entry) => {
			const held = to.logs.get(`${entry.segment}.${entry.client}`)?.[entry.s];
			return !held || (held.body !== undefined && entry.body === undefined);
		});
		const gone = new Set(
			to
				.entries()
				.filter(({ body }) => !body)
				.map(formatEntryId)
		);
		// Each log in its order, as Yjs gives them, the logs in no order.
		to.take(
			news.map((entry) => (gone.has(formatEntryId(entry)) ? erased(entry) : entry)),
			batch
		);
		if (from.user === to.user) for (const [name, fact] of from.readFacts) hear(to, name, fact);
		to.take(lateErasures(to.entries(), to.user).map(erased), batch);
	}

	/** A device's own fact only grows, so the one that adds to the other is the newer. */
	function hear(device: Device, name: number, fact: ReadState): void {
		const held = device.readFacts.get(name);
		if (name !== device.name) device.readFacts.set(name, held ? joinReadState(held, fact) : fact);
	}

	return {
		devices,
		recalled,
		moderated,
		step: ({ device, command, pick }: Step) => act(devices[device % devices.length]!, command, pick),
		heal(): void {
			for (let round = 0; round < 3; round++)
				for (const a of devices) for (const b of devices) if (a !== b) meet(a, b, 1 + round);
		}
	};
}
