/**
 * Tells webhooks that call out of each message, at least once and in order, also after a restart: what has been told is
 * kept by webhook and segment. A message is told as it stands when the call is made. A webhook that fails is called
 * again, less and less often, and given up after a day.
 */
import type { Logger } from 'pino';
import { messageAnswerOf } from '../messages/messages';
import { standingMessage } from '../messages/standingMessage';
import type { RelayPort } from '../relayPort';
import { CallTurns } from '../limits/callTurns';
import { signatureHeaders } from './signature';
import type { CallWebhook } from './callWebhook';
import { SegmentReads } from './segmentReads';
import { NOT_ENCRYPTED, type Webhooks } from './webhooks';
import type { Webhook, WebhookStore } from './webhookStore';
import { formatEntryId, KIND, type Entry } from '../../domain/entry';
import type { ConversationId } from '../../domain/ids';
import type { TimelineMessage } from '../../domain/timeline';
import { covers, coversEntry, joinVectors } from '../../domain/versionVector';
import { parseRoom, segmentRoom } from '../../protocol/rooms';

const RETRY_FIRST_MS = 5_000;
const RETRY_MAX_MS = 30 * 60_000;
const GIVE_UP_MS = 24 * 60 * 60_000;
/** By HTTP (RFC 9110, 15.5.11) whoever answers so wants no more calls. */
const GONE = 410;
/** Calls on their way at once, of all webhooks and of those that one person has made. */
const CALLS_MAX = 16;
const CALLS_OF_MAKER_MAX = 4;

export interface DeliveriesParts {
	readonly store: WebhookStore;
	readonly webhooks: Pick<Webhooks, 'reach' | 'isResting' | 'mayBeCalled'>;
	readonly relay: Pick<RelayPort, 'entries' | 'messageVector'>;
	readonly call: CallWebhook;
	readonly now: () => number;
	/** Calls back after so many milliseconds. Returns the way to stop it. */
	readonly after: (ms: number, callback: () => void) => () => void;
	readonly log: Logger;
}

/** What one webhook is doing. */
interface Course {
	running: Promise<void> | undefined;
	/** Segments to look at. */
	readonly segments: Set<number>;
	/** After an error of our own it waits, in milliseconds; 0 if there was none. */
	waitMs: number;
	stopWaiting: () => void;
}

export class WebhookDeliveries {
	readonly #parts: DeliveriesParts;
	readonly #courses = new Map<string, Course>();
	#watched = new Set<ConversationId>();
	readonly #stopping = new AbortController();
	readonly #turns = new CallTurns({ most: CALLS_MAX, mostOfOne: CALLS_OF_MAKER_MAX });

	readonly #reads: SegmentReads;

	constructor(parts: DeliveriesParts) {
		this.#parts = parts;
		this.#reads = new SegmentReads(parts.relay);
	}

	/** Looks everywhere for what has not been told: at the start, and when the relay has been away. */
	lookEverywhere(): void {
		if (this.#isStopped) return;
		this.#reads.forgetAll();
		this.#watched = new Set(this.#parts.store.watched());
		for (const conversation of this.#watched) this.#lookAt(conversation);
	}

	/** A conversation has other webhooks than before. */
	changed(conversation: ConversationId): void {
		if (this.#isStopped) return;
		this.#watched = new Set(this.#parts.store.watched());
		this.#lookAt(conversation);
	}

	/** Something was written in a room. Costs next to nothing where no webhook is. */
	heard(name: string): void {
		this.#reads.forget(name);
		if (this.#watched.size === 0 || this.#isStopped) return;
		const room = parseRoom(name);
		if (room?.type !== 'segment' || !this.#watched.has(room.conversation)) return;
		this.#lookAt(room.conversation, room.segment);
	}

	/** Breaks off every call: it is made again after the next start. From here on nothing is read or written. */
	async stop(): Promise<void> {
		this.#stopping.abort();
		for (const { stopWaiting } of this.#courses.values()) stopWaiting();
		await Promise.all([...this.#courses.values()].map(({ running }) => running));
	}

	get #isStopped(): boolean {
		return this.#stopping.signal.aborted;
	}

	#lookAt(conversation: ConversationId, segment?: number): void {
		for (const webhook of this.#parts.store.calledOf(conversation)) {
			const course = this.#courseOf(webhook.id);
			for (const n of segment === undefined ? this.#segmentsOf(webhook) : [segment])
				if (n >= webhook.firstSegment) course.segments.add(n);
			this.#go(webhook.id, course);
		}
	}

	/** From where it begins to the one after what is known to be live: that may have begun already. */
	#segmentsOf(webhook: Webhook): number[] {
		const live = this.#parts.webhooks.reach(webhook)?.live ?? webhook.firstSegment;
		return Array.from({ length: live + 2 - webhook.firstSegment }, (_, n) => webhook.firstSegment + n);
	}

	#courseOf(id: string): Course {
		const course = this.#courses.get(id) ?? {
			running: undefined,
			segments: new Set(),
			waitMs: 0,
			stopWaiting: () => {}
		};
		this.#courses.set(id, course);
		return course;
	}

	#go(id: string, course: Course): void {
		if (this.#isStopped || course.running || course.segments.size === 0) return;
		course.stopWaiting();
		const { store, now, after } = this.#parts;
		const waitMs = Math.max(0, course.waitMs, (store.byId(id)?.nextAt ?? 0) - now());
		// After whatever the caller still has to do.
		course.stopWaiting = after(waitMs, () => {
			course.running = this.#run(id, course).finally(() => {
				course.running = undefined;
				if (![...this.#courses.values()].some(({ running }) => running)) this.#reads.forgetAll();
				if (this.#isStopped) return;
				if (store.byId(id)?.stoppedAt === null) this.#go(id, course);
				else this.#courses.delete(id);
			});
		});
	}

	async #run(id: string, course: Course): Promise<void> {
		for (const segment of [...course.segments].sort((a, b) => a - b)) {
			// What comes while it is looked through is looked at again.
			course.segments.delete(segment);
			try {
				if (await this.#tellSegment(id, segment)) continue;
				course.waitMs = 0;
			} catch (error) {
				course.waitMs = Math.min(RETRY_MAX_MS, Math.max(RETRY_FIRST_MS, 2 * course.waitMs));
				if (!this.#isStopped)
					this.#parts.log.error(
						{ err: error, webhook: id },
						'a webhook could not be told; it is tried again'
					);
			}
			course.segments.add(segment);
			return;
		}
		course.waitMs = 0;
	}

	/** False if a call failed, or none may be made any more. */
	async #tellSegment(id: string, segment: number): Promise<boolean> {
		const { store, relay } = this.#parts;
		const webhook = store.byId(id);
		if (!webhook) return true;
		const room = segmentRoom(webhook.conversation, segment);
		const told = store.told(id, segment);
		const vector = await relay.messageVector(room);
		if (covers(told, vector)) return true;
		const isNew = ({ kind, client, s }: Entry) => kind === KIND.message && !coversEntry(told, client, s);
		for (const entry of inOrder((await this.#reads.entries(room)).filter(isNew))) {
			if (this.#isStopped) return false;
			if (!(await this.#tell(id, entry))) return false;
		}
		if (this.#isStopped) return false;
		// What is no message has been looked at too.
		if (store.byId(id)) store.setTold(id, segment, joinVectors(store.told(id, segment), vector));
		return true;
	}

	/** False if the call failed: it is made again before any other. */
	async #tell(id: string, entry: Entry): Promise<boolean> {
		const { store, webhooks, now } = this.#parts;
		const webhook = store.byId(id);
		if (!webhook || webhook.stoppedAt !== null) return true;
		// What is written while its maker is not here is not theirs to hand on; who is suspended may come back.
		if (!webhooks.reach(webhook) && !webhooks.isResting(webhook)) {
			store.stop(id, now());
			return true;
		}
		// What was deleted waits for no turn.
		const isToBeTold = (await this.#contentNow(webhook, entry)) !== undefined;
		if (this.#isStopped || (isToBeTold && !(await this.#call(webhook, entry)))) return false;
		const told = new Map(store.told(id, entry.segment));
		told.set(entry.client, Math.max(told.get(entry.client) ?? 0, 2 * entry.s + 2));
		if (store.byId(id)) store.setTold(id, entry.segment, told);
		return true;
	}

	/** What is to be told of a message as things are; undefined if nothing is any more. */
	async #contentNow(webhook: Webhook, entry: Entry): Promise<Content | undefined> {
		const { store, webhooks } = this.#parts;
		const entries = await this.#reads.entries(segmentRoom(webhook.conversation, entry.segment));
		if (this.#isStopped || !store.byId(webhook.id)) return undefined;
		const members = webhooks.reach(webhook)?.members ?? [];
		const first = members.find(({ id }) => id === webhook.madeBy)?.firstSegment ?? Infinity;
		return entry.segment >= first ? standingMessage(entry, entries) : undefined;
	}

	async #call(webhook: Webhook, entry: Entry): Promise<boolean> {
		const { store, now, log } = this.#parts;
		const { id } = webhook;
		const outcome = await this.#turns.run(webhook.madeBy, async () => {
			// While it waited for its turn it may have been deleted, or edited, or its maker put out.
			const content = await this.#contentNow(webhook, entry);
			return content && this.#outcomeOf(webhook, entry, content);
		});
		if (this.#isStopped) return false;
		if (!outcome) return true;
		if (outcome.isFine) {
			store.wentWell(id, outcome.status, now());
			return true;
		}
		const failingSince = webhook.failingSince ?? now();
		const waitMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(webhook.tries, 20));
		store.failed(id, { status: outcome.status, at: now(), nextAt: now() + waitMs });
		const isOver = outcome.isGone || now() - failingSince > GIVE_UP_MS;
		if (isOver) store.stop(id, now());
		log.warn({ webhook: id, status: outcome.status, isOver }, 'a webhook could not be called');
		return false;
	}

	/** Makes the call. */
	async #outcomeOf({ id, conversation, url, secret }: Webhook, entry: Entry, content: Content) {
		const { webhooks, call, now } = this.#parts;
		const message = messageAnswerOf(conversation, { ...entry, ...content, id: formatEntryId(entry) });
		const at = new Date(entry.stamp.ms).toISOString();
		const body = JSON.stringify({ type: 'message.created', timestamp: at, data: message });
		const signed = { id: `${id}.${message.id}`, timestamp: Math.floor(now() / 1_000), body };
		const { signal } = this.#stopping;
		const headers = signatureHeaders(secret ?? '', signed);
		try {
			if (!webhooks.mayBeCalled(url ?? '')) throw Object.assign(new Error(), { code: NOT_ENCRYPTED });
			const status = await call(url ?? '', { body, headers, signal });
			return { status: String(status), isFine: status >= 200 && status < 300, isGone: status === GONE };
		} catch (error) {
			const { code = 'refused' } = error as Error & { code?: string };
			return { status: code, isFine: false, isGone: false };
		}
	}
}

type Content = Pick<TimelineMessage, 'text' | 'replyTo'>;

/** By time, and each log in its own order whatever times it claims: what is told of a log is told from its beginning. */
function inOrder(entries: readonly Entry[]): Entry[] {
	const latest = new Map<number, number>();
	return [...entries]
		.sort((a, b) => a.s - b.s)
		.map((entry) => {
			const ms = Math.max(latest.get(entry.client) ?? 0, entry.stamp.ms);
			latest.set(entry.client, ms);
			return { entry, ms };
		})
		.sort((a, b) => a.ms - b.ms)
		.map(({ entry }) => entry);
}
