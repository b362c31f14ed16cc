/** How a step is done on a device, and what the ledger hears of it. */
import { CONVERSATIONS, type Cast } from './cast';
import { decodeMessageBody } from '../../src/lib/domain/bodies';
import { decodeEditBody } from '../../src/lib/domain/annotationBodies';
import { doDraftDeed, isDraftDeed } from './draftDeeds';
import { doReadingDeed, isReadingDeed } from './readingDeeds';
import { KIND, parseEntryId } from '../../src/lib/domain/entry';
import { lastMark, type Ledger, type Written } from './ledger';
import type { ConversationId } from '../../src/lib/domain/ids';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { SimDevice } from './simDevice';
import type { Step } from './steps';
import { foldTimeline, type TimelineMessage } from '../../src/lib/domain/timeline';

export interface Scene {
	readonly cast: Cast;
	readonly ledger: Ledger;
}

/** A step at a place: a device, and a conversation on it. */
export interface At extends Scene {
	readonly by: SimDevice;
	readonly step: Step;
	readonly conversation: ConversationId;
	readonly sync: ConversationSync;
	readonly messages: readonly TimelineMessage[];
}

const DAY_MS = 86_400_000;
const AHEAD_MS = [0, 30 * DAY_MS, -30 * DAY_MS, 3_600_000];
const EMOJI = ['👍', '❤️'];
const SETTINGS = [
	'setting/receipts-off',
	'setting/look',
	`mute/${CONVERSATIONS[0]}`,
	`pin/${CONVERSATIONS[1]}`
];

export async function perform(step: Step, { cast, ledger }: Scene): Promise<void> {
	const { host, devices, living } = cast;
	const by = devices[step.who % devices.length]!;
	ledger.count('steps');
	if (step.do === 'kill' || step.do === 'start') {
		ledger.tell(undefined, step.do === 'kill' ? 'is killed' : 'starts');
		return step.do === 'kill' ? host.kill() : host.start();
	}
	if (step.do === 'turns') ledger.tell(undefined, `has ${20 + step.more * 4} turns`);
	await turns(step.do === 'turns' ? 20 + step.more * 4 : step.pause);
	if (step.do === 'turns') return;
	if (by.lost) return;
	noteSent(by, ledger);
	if (step.do === 'lose' && living.length > 2 && step.flag) {
		by.lost = true;
		ledger.count('lost devices');
		ledger.tell(by, 'is lost');
		return by.kill();
	}
	await (doDeviceDeed(by, step, ledger) ?? doDeed(by, step, { cast, ledger }));
	noteSent(by, ledger);
}

async function turns(count: number): Promise<void> {
	for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

function doDeviceDeed(by: SimDevice, step: Step, ledger: Ledger): Promise<void> | undefined {
	switch (step.do) {
		case 'offline':
			ledger.tell(by, 'goes offline');
			return Promise.resolve(by.goOffline());
		case 'online':
			ledger.tell(by, by.away ? 'stays away' : 'goes online');
			return Promise.resolve(by.away ? undefined : by.goOnline());
		case 'away':
			by.away = step.flag;
			ledger.tell(by, by.away ? 'is away' : 'is back');
			return Promise.resolve(by.away ? by.goOffline() : by.goOnline());
		case 'clock':
			by.strayed = true;
			by.aheadMs = AHEAD_MS[step.more % AHEAD_MS.length]!;
			ledger.count('clocks set');
			ledger.tell(by, `has its clock set ${by.aheadMs} ms ahead`);
			return Promise.resolve();
		case 'reopen':
		case 'crash':
			ledger.tell(by, step.do === 'crash' ? 'is killed, and opens again' : 'closes, and opens again');
			ledger.count(step.do === 'crash' ? 'killed devices' : 'reopenings');
			return (step.do === 'crash' ? by.kill() : by.close())
				.then(() => by.start())
				.then(() => by.look(CONVERSATIONS[0]))
				.then(() => {});
		default:
			return undefined;
	}
}

async function doDeed(by: SimDevice, step: Step, { cast, ledger }: Scene): Promise<void> {
	const conversation = CONVERSATIONS[step.aside ? 1 : 0];
	if (step.do === 'leave') {
		ledger.tell(by, 'leaves the conversation aside');
		return by.leave(CONVERSATIONS[1]);
	}
	const sync = await by.look(conversation);
	ledger.follow(sync.items);
	const messages = sync.items.filter((item) => item.type === 'message');
	const at: At = { cast, ledger, by, step, conversation, sync, messages };
	if (isDraftDeed(step)) return doDraftDeed(at);
	if (isReadingDeed(step)) return doReadingDeed(at);
	switch (step.do) {
		case 'send':
			return send(at, {});
		case 'reply': {
			const target = fromEnd(messages, step.nth);
			return send(at, { replyTo: target });
		}
		case 'forward': {
			const original = fromEnd(messages, step.nth);
			if (!original || original.deleted) return;
			const other = CONVERSATIONS[step.aside ? 0 : 1];
			return send({ ...at, conversation: other, sync: await by.look(other) }, { forwardedFrom: 'somebody' });
		}
		case 'edit':
			return edit(at);
		case 'remove':
			return remove(at);
		case 'react':
		case 'pin': {
			const target = fromEnd(messages, step.nth);
			const written = target && !target.deleted ? ledger.of(target) : undefined;
			if (!target || !written) return;
			ledger.count(step.do === 'pin' ? 'pins' : 'reactions');
			if (step.do === 'pin') {
				ledger.says(written, 'pin', undefined, by, step.flag);
				ledger.tell(by, `${step.flag ? 'pins' : 'unpins'} ${target.text}`);
				return sync.pin(target.id, step.flag);
			}
			const emoji = EMOJI[step.more % EMOJI.length]!;
			ledger.says(written, emoji, by.self.id, by, step.flag);
			ledger.tell(by, `${step.flag ? 'says' : 'takes back'} ${emoji} to ${target.text}`);
			return sync.react(target.id, emoji, step.flag);
		}
		case 'setting':
			ledger.count('settings');
			ledger.tell(by, `sets ${SETTINGS[step.nth % SETTINGS.length]} ${step.flag ? 'on' : 'off'}`);
			return by.device.home.set(SETTINGS[step.nth % SETTINGS.length]!, step.flag);
		case 'page':
			return page(at);
	}
}

const fromEnd = (messages: readonly TimelineMessage[], nth: number): TimelineMessage | undefined =>
	messages.length === 0 ? undefined : messages.at(-1 - (nth % messages.length));

export function send(
	{ by, ledger, conversation, sync }: At,
	{ replyTo, forwardedFrom, text = '' }: { replyTo?: TimelineMessage; forwardedFrom?: string; text?: string }
): void {
	const mark = ledger.mark();
	const id = sync.send({ text: text + mark, replyTo: replyTo?.id, forwardedFrom });
	const target = replyTo && ledger.of(replyTo)?.wordings[0]!.mark;
	ledger.wrote({ mark, by, conversation, id, replyTo: target, forwardedFrom });
	ledger.count('messages');
	if (parseEntryId(id)!.segment > 0) ledger.count('messages in further segments');
	ledger.tell(
		by,
		`writes ${text}${mark} as ${id}${target ? ` in reply to ${target}` : ''} ${conversation === CONVERSATIONS[0] ? '' : 'aside'}`
	);
}

/** One of one's own that are shown, or any that one ever wrote and that stands on this device, wherever. */
function ownMessage({ by, ledger, step, conversation, messages }: At): Written | undefined {
	const entries = by.entriesOf(conversation);
	const stands = ({ id }: Written) =>
		foldTimeline(entries.get(parseEntryId(id)!.segment) ?? []).some(
			(item) => item.id === id && item.type === 'message' && !item.deleted
		);
	const own = step.flag
		? messages.flatMap((message) =>
				message.author === by.self.id && !message.deleted ? (ledger.of(message) ?? []) : []
			)
		: ledger.written.filter(
				(each) => each.conversation === conversation && each.by.self === by.self && stands(each)
			);
	return own.at(-1 - (step.nth % Math.max(1, own.length)));
}

async function edit(at: At): Promise<void> {
	const { by, ledger, sync } = at;
	const written = ownMessage(at);
	if (!written) return;
	const before = marksOf(at, written);
	const mark = ledger.mark();
	await sync.edit(written.id, { text: mark });
	ledger.edited(written, { mark, by });
	const after = marksOf(at, written);
	for (const wording of written.wordings)
		if (before.has(wording.mark) && !after.has(wording.mark)) wording.replacedBy = by;
	const isQueued = after.size === 1;
	ledger.count(isQueued ? 'edits of queued messages' : 'edits');
	ledger.tell(by, `changes ${written.wordings[0]!.mark} to ${mark}${isQueued ? ', which had not left' : ''}`);
}

async function remove(at: At): Promise<void> {
	const { by, ledger, sync } = at;
	const written = ownMessage(at);
	if (!written) return;
	const seen = marksOf(at, written);
	const { done } = await sync.remove(written.id);
	const isUnseen = ({ mark, by: other, replacedBy }: Written['wordings'][number]) =>
		other !== by && !replacedBy && !seen.has(mark);
	if (done === 'cancelled') written.cancelled = true;
	if (done === 'cancelled' && written.wordings.some(isUnseen)) written.contested = true;
	if (done !== 'edited') written.removedBy.add(by);
	ledger.count(done);
	ledger.tell(by, `has ${done} ${written.wordings[0]!.mark}`);
}

/** The texts of a message that stand in its segment on this device. */
function marksOf({ sync, by }: At, { id }: Written): Set<string> {
	const marks = new Set<string>();
	for (const { kind, body, author, ...entry } of sync.entriesOf(parseEntryId(id)!.segment)) {
		if (!body || author !== by.self.id) continue;
		const edit = kind === KIND.edit ? decodeEditBody(body) : undefined;
		const ref = parseEntryId(id)!;
		const own = kind === KIND.message && entry.client === ref.client && entry.s === ref.s;
		const text = edit?.target === id ? edit.text : own ? decodeMessageBody(body)?.text : undefined;
		const mark = lastMark(text ?? '');
		if (mark) marks.add(mark);
	}
	return marks;
}

async function page({ by, sync, step, ledger, conversation }: At): Promise<void> {
	const ways = [
		() => sync.loadEarlier(),
		() => sync.loadLater(),
		() => sync.showLatest(),
		() => {
			const known = ledger.written.filter((each) => each.conversation === conversation);
			const target = known.at(-1 - (step.nth % Math.max(1, known.length)));
			return target ? sync.showEntry(target.id) : undefined;
		}
	];
	await ways[step.more % ways.length]!();
	ledger.tell(by, `pages to segments ${sync.window.first} to ${sync.window.last}`);
}

/**
 * What its writer was told of holds, whatever becomes of the device. Of one whose clock strayed it is not known here under
 * which name a message left: that is asked only of one that is there in the end.
 */
export function noteSent(by: SimDevice, { written }: Ledger): void {
	if (by.strayed) return;
	for (const each of written)
		if (each.by === by && !each.sent) each.sent = by.hasSent(each.conversation, each.id);
}
