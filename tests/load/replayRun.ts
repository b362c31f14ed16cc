/**
 * Plays lines into one group conversation by headless devices that go offline and come back, while the relay is
 * killed and restarted, and tells what every device shows in the end. The seed decides who is where when; the network
 * decides the rest, as it does.
 */
import { castReplay, type Cast } from './replayCast';
import { createReplayClock } from './replayClock';
import { findProblems } from './replayCheck';
import { until } from './until';
import type { ConversationId } from '../../src/lib/domain/ids';
import type { EntryId } from '../../src/lib/domain/entry';
import type { IrcLine } from './ircLog';
import type { Random } from './seededRandom';
import type { ReplayDevice, Traffic } from './replayDevice';
import type { Stamp } from '../../src/lib/domain/stamp';

export interface ReplayServer {
	readonly origin: string;
	/** Absent for a server that is not ours to kill. */
	readonly relay?: { kill(): Promise<void>; restart(): Promise<void> };
}

export interface ReplayOptions {
	readonly lines: readonly IrcLine[];
	readonly people: number;
	/** Share of the devices that are offline at a time, 0 to 1. */
	readonly offlineShare: number;
	readonly random: Random;
	readonly server: ReplayServer;
	readonly kills: number;
	readonly tag: string;
	/** Wall clock in milliseconds. */
	readonly now: () => number;
	readonly onStage?: (stage: 'setting up' | 'playing' | 'healing' | 'checking') => void;
	readonly onLine?: (played: number) => void;
}

export interface ReplayResult {
	readonly problems: readonly string[];
	readonly people: number;
	readonly devices: number;
	readonly items: number;
	readonly counts: {
		spells: number;
		reopened: number;
		kills: number;
		linesOffline: number;
		linesWhileDown: number;
	};
	readonly traffic: Traffic;
	/** Bytes of the conversation's document on a device. */
	readonly documentBytes: number;
	readonly times: { readonly setUpMs: number; readonly playMs: number; readonly healMs: number };
}

const SETTLE_MS = 1_000;
const HEAL_MS = 180_000;
const PAUSE_EVERY_LINES = 10;
/** Lines that are written while the relay is down, at most: then they wait for its return. */
const LINES_WHILE_DOWN_MAX = 60;

export async function runReplay(options: ReplayOptions): Promise<ReplayResult> {
	const { lines, server, now, onStage } = options;
	const started = now();
	const traffic: Traffic = { sent: 0, received: 0 };
	const clock = createReplayClock(now);
	onStage?.('setting up');
	const cast = await castReplay({ ...options, origin: server.origin, clock, traffic });
	const opened = [...cast.devices];
	try {
		const conversation = await startGroup(cast);
		onStage?.('playing');
		const playing = now();
		const { written, counts } = await play({ ...options, cast, conversation, nextLine: clock.nextLine });
		onStage?.('healing');
		const healing = now();
		const newcomer = await cast.newcomer();
		opened.push(newcomer);
		const healed = await heal(opened, conversation, lines.length);
		const healedAt = now();
		onStage?.('checking');
		const timelines = opened.map((each) => ({ device: each.name, items: each.timeline(conversation) }));
		const problems = findProblems({ lines, written, timelines });
		if (!healed) problems.unshift(`not every device was synced within ${HEAL_MS / 1_000} s`);
		const ofSegments = [...newcomer.disk.docs].filter(([room]) => room.startsWith(`c/${conversation}/`));
		const updates = ofSegments.flatMap(([, kept]) => kept);
		return {
			problems,
			people: cast.people.length,
			devices: opened.length,
			items: newcomer.timeline(conversation).length,
			counts,
			traffic,
			documentBytes: updates.reduce((sum, update) => sum + update.length, 0),
			times: { setUpMs: playing - started, playMs: healing - playing, healMs: healedAt - healing }
		};
	} finally {
		for (const each of opened) await each.close();
	}
}

/** The first person starts the group; everyone waits until it is on their device. */
async function startGroup({ devices, people }: Cast): Promise<ConversationId> {
	for (const each of devices) each.goOnline();
	const starter = devices[0]!.device;
	const others = people.filter(({ id }) => id !== starter.self.id);
	const id = await starter.startConversation({ people: others, name: 'Replay' });
	const ready = () =>
		devices.every((each) => {
			const conversation = each.conversation(id);
			return conversation?.synced && conversation.info?.members.size === people.length;
		});
	if (!(await until(devices, ready, HEAL_MS))) throw new Error('the group did not reach every device');
	return id;
}

type PlayOptions = ReplayOptions & {
	readonly cast: Cast;
	readonly conversation: ConversationId;
	readonly nextLine: () => void;
};

async function play({
	lines,
	random,
	server,
	cast,
	conversation,
	nextLine,
	onLine,
	...options
}: PlayOptions) {
	const counts = { spells: 0, reopened: 0, kills: 0, linesOffline: 0, linesWhileDown: 0 };
	const written: EntryId[] = [];
	const lastStamp = new Map<string, Stamp>();
	const outages = planOutages(lines.length, server.relay ? options.kills : 0, random);
	let restarting: Promise<void> | undefined;
	let down = false;
	let killedAt = 0;
	for (const [i, { nick, text }] of lines.entries()) {
		const outage = outages.get(i);
		if (outage === 'kill') {
			await restarting;
			down = true;
			killedAt = i;
			counts.kills++;
			await server.relay!.kill();
		} else if (outage === 'restart') {
			restarting = server.relay!.restart().then(() => void (down = false));
		}
		if (down && i - killedAt >= LINES_WHILE_DOWN_MAX) await restarting;
		for (const each of cast.devices) await maybeMove(each, random, options.offlineShare, counts);
		const writer = random.pick(cast.devicesOf(nick));
		nextLine();
		const { id, stamp } = writer.write(conversation, text, lastStamp.get(nick));
		written.push(id);
		lastStamp.set(nick, stamp);
		if (!writer.online) counts.linesOffline++;
		if (down) counts.linesWhileDown++;
		onLine?.(i + 1);
		await turn();
		if (!down && i % PAUSE_EVERY_LINES === 0) await settle(cast.devices);
	}
	if (down && !restarting) restarting = server.relay!.restart();
	await restarting;
	return { written, counts };
}

/** Lines at which the relay is killed, and those at which it starts again. */
function planOutages(lines: number, kills: number, random: Random): Map<number, 'kill' | 'restart'> {
	const plan = new Map<number, 'kill' | 'restart'>();
	const stretch = Math.floor(lines / Math.max(1, kills));
	for (let i = 0; i < kills && stretch >= 4; i++) {
		const kill = i * stretch + 1 + random.below(Math.floor(stretch / 2));
		plan.set(kill, 'kill');
		plan.set(Math.min((i + 1) * stretch - 1, kill + 1 + random.below(40)), 'restart');
	}
	return plan;
}

/** Devices change between here and gone so that the asked share is gone at a time; half of them are closed then. */
async function maybeMove(
	each: ReplayDevice,
	random: Random,
	offlineShare: number,
	counts: { spells: number; reopened: number }
): Promise<void> {
	const RESTLESSNESS = 0.02;
	const chance = RESTLESSNESS * (each.online ? offlineShare : 1 - offlineShare);
	if (random.next() >= chance) return;
	if (!each.online) return each.goOnline();
	counts.spells++;
	if (random.next() < 0.5) return each.goOffline();
	counts.reopened++;
	await each.reopen();
}

/** Lets the network have its turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Waits until the relay has what the devices that are online wrote; a device that only now reconnects may lag. */
const settle = (devices: readonly ReplayDevice[]): Promise<boolean> =>
	until(devices, () => devices.every(({ online, device }) => !online || device.unsent === 0), SETTLE_MS);

async function heal(
	devices: readonly ReplayDevice[],
	conversation: ConversationId,
	lines: number
): Promise<boolean> {
	for (const each of devices) each.goOnline();
	const synced = (each: ReplayDevice) =>
		each.device.syncState === 'synced' && each.conversation(conversation).synced;
	if (!(await until(devices, () => devices.every(synced), HEAL_MS))) return false;
	// A device that is new begins at the end of the history, and only then knows how far back it goes.
	await Promise.all(devices.map((each) => each.loadAll(conversation)));
	const whole = (each: ReplayDevice) =>
		each.device.syncState === 'synced' &&
		each.timeline(conversation).filter(({ type }) => type === 'message').length >= lines;
	return until(devices, () => devices.every(whole), HEAL_MS);
}
