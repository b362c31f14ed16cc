/**
 * Tells webhooks that call out of each message, at least once and in order, also after a restart: what has been told is
 * kept by webhook and segment. One that fails is called again, less and less often, and given up after a day.
 */
import type { Logger } from 'pino';
import { messageAnswerOf } from '../messages/messages';
import type { RelayPort } from '../relayPort';
import { signatureHeaders } from './signature';
import type { CallWebhook } from './callWebhook';
import type { Webhooks } from './webhooks';
import type { Webhook, WebhookStore } from './webhookStore';
import { decodeMessageBody } from '../../domain/bodies';
import { compareWritten, formatEntryId, KIND, type Entry } from '../../domain/entry';
import type { ConversationId } from '../../domain/ids';
import { covers, coversEntry, joinVectors } from '../../domain/versionVector';
import { parseRoom, segmentRoom } from '../../protocol/rooms';

const RETRY_FIRST_MS = 5_000;
const RETRY_MAX_MS = 30 * 60_000;
const GIVE_UP_MS = 24 * 60 * 60_000;
/** By HTTP (RFC 9110, 15.5.11) whoever answers so wants no more calls. */
const GONE = 410;

export interface DeliveriesParts {
	readonly store: WebhookStore;
	readonly webhooks: Pick<Webhooks, 'reach'>;
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
	/** Segments to look at, and whether all are. */
	readonly segments: Set<number>;
	stopWaiting: () => void;
}

export class WebhookDeliveries {
	readonly #parts: DeliveriesParts;
	readonly #courses = new Map<string, Course>();
	#watched = new Set<ConversationId>();
	#stopped = false;

	constructor(parts: DeliveriesParts) {
		this.#parts = parts;
	}

	/** Looks everywhere for what has not been told: at the start, and when the relay has been away. */
	lookEverywhere(): void {
		this.#watched = new Set(this.#parts.store.watched());
		for (const conversation of this.#watched) this.#lookAt(conversation);
	}

	/** A conversation has other webhooks than before. */
	changed(conversation: ConversationId): void {
		this.#watched = new Set(this.#parts.store.watched());
		this.#lookAt(conversation);
	}

	/** Something was written in a room. Costs next to nothing where no webhook is. */
	heard(name: string): void {
		if (this.#watched.size === 0) return;
		const room = parseRoom(name);
		if (room?.type !== 'segment' || !this.#watched.has(room.conversation)) return;
		this.#lookAt(room.conversation, room.segment);
	}

	/** Settles once no call is on its way. */
	async stop(): Promise<void> {
		this.#stopped = true;
		for (const { stopWaiting } of this.#courses.values()) stopWaiting();
		await Promise.all([...this.#courses.values()].map(({ running }) => running));
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
			stopWaiting: () => {}
		};
		this.#courses.set(id, course);
		return course;
	}

	#go(id: string, course: Course): void {
		if (this.#stopped || course.running || course.segments.size === 0) return;
		course.stopWaiting();
		const waitMs = (this.#parts.store.byId(id)?.nextAt ?? 0) - this.#parts.now();
		// After whatever the caller still has to do.
		course.stopWaiting = this.#parts.after(Math.max(0, waitMs), () => {
			course.running = this.#run(id, course).finally(() => {
				course.running = undefined;
				if (this.#parts.store.byId(id)?.stoppedAt === null) this.#go(id, course);
				else this.#courses.delete(id);
			});
		});
	}

	async #run(id: string, course: Course): Promise<void> {
		try {
			for (const segment of [...course.segments].sort((a, b) => a - b)) {
				// What comes while it is looked through is looked at again.
				course.segments.delete(segment);
				if (!(await this.#tellSegment(id, segment))) {
					course.segments.add(segment);
					return;
				}
			}
		} catch (error) {
			this.#parts.log.error(
				{ err: error, webhook: id },
				'a webhook could not be told; it is when more comes'
			);
		}
	}

	/** False if a call failed. */
	async #tellSegment(id: string, segment: number): Promise<boolean> {
		const { store, relay } = this.#parts;
		const webhook = store.byId(id);
		if (!webhook) return true;
		const room = segmentRoom(webhook.conversation, segment);
		const told = store.told(id, segment);
		const vector = await relay.messageVector(room);
		if (covers(told, vector)) return true;
		const isNew = ({ kind, client, s }: Entry) => kind === KIND.message && !coversEntry(told, client, s);
		for (const entry of (await relay.entries(room)).filter(isNew).sort(compareWritten))
			if (!(await this.#tell(id, entry))) return false;
		// What is no message has been looked at too.
		if (store.byId(id)) store.setTold(id, segment, joinVectors(store.told(id, segment), vector));
		return true;
	}

	/** False if the call failed: it is made again before any other. */
	async #tell(id: string, entry: Entry): Promise<boolean> {
		const { store, webhooks, now } = this.#parts;
		const webhook = store.byId(id);
		if (!webhook || webhook.stoppedAt !== null || this.#stopped) return true;
		const conversation = webhooks.reach(webhook);
		if (!conversation) {
			// What is written while its maker is not here is not theirs to hand on.
			store.stop(id, now());
			return true;
		}
		const first = conversation.members.find(({ id }) => id === webhook.madeBy)?.firstSegment ?? 0;
		const body = entry.segment >= first && entry.body && decodeMessageBody(entry.body);
		if (body && !(await this.#call(webhook, entry, body))) return false;
		const told = new Map(store.told(id, entry.segment));
		told.set(entry.client, Math.max(told.get(entry.client) ?? 0, 2 * entry.s + 2));
		if (store.byId(id)) store.setTold(id, entry.segment, told);
		return true;
	}

	async #call(
		{ id, conversation, url, secret, ...webhook }: Webhook,
		entry: Entry,
		content: NonNullable<ReturnType<typeof decodeMessageBody>>
	): Promise<boolean> {
		const { store, call, now, log } = this.#parts;
		const message = messageAnswerOf(conversation, { ...entry, ...content, id: formatEntryId(entry) });
		const at = new Date(entry.stamp.ms).toISOString();
		const body = JSON.stringify({ type: 'message.created', timestamp: at, data: message });
		const signed = { id: `${id}.${message.id}`, timestamp: Math.floor(now() / 1_000), body };
		const outcome = await call(url ?? '', { body, headers: signatureHeaders(secret ?? '', signed) }).then(
			(status) => ({
				status: String(status),
				isFine: status >= 200 && status < 300,
				isGone: status === GONE
			}),
			(error: Error & { code?: string }) => ({
				status: error.code ?? 'refused',
				isFine: false,
				isGone: false
			})
		);
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
}
