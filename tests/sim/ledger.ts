/** What people did in a run, as somebody would tell who had watched them all: the judge compares the devices with it. */
import type { ConversationId, UserId } from '../../src/lib/domain/ids';
import type { EntryId } from '../../src/lib/domain/entry';
import type { SimDevice } from './simDevice';
import type { TimelineItem, TimelineMessage } from '../../src/lib/domain/timeline';

/** A text that somebody gave a message. Each has a mark that no other text has. */
export interface Wording {
	readonly mark: string;
	readonly by: SimDevice;
	/** The device that replaced or erased it before it left. */
	replacedBy?: SimDevice;
}

export interface Written {
	readonly conversation: ConversationId;
	readonly by: SimDevice;
	/** The message's own text, then those of its edits. */
	readonly wordings: Wording[];
	/** The mark of the message that it replies to. */
	readonly replyTo: string | undefined;
	readonly forwardedFrom: string | undefined;
	/** Under which it was seen: another one after salvage. */
	id: EntryId;
	/** Who deleted or cancelled it. */
	readonly removedBy: Set<SimDevice>;
	/** Some device took it to have left none, and cancelled it. */
	cancelled: boolean;
	/**
	 * Cancelled on a device that had heard neither of its ack nor of a change that was made on another one of its writer's,
	 * before or after. The change keeps it, if it ever leaves.
	 */
	contested: boolean;
	/** Its writer was told that the relay has it. */
	sent: boolean;
}

/** What somebody typed into a field and did not send. */
export interface Typed {
	readonly mark: string;
	readonly by: SimDevice;
	readonly conversation: ConversationId;
	/** The device on which somebody went on from it or chose another, once they have. */
	readonly endedOn?: SimDevice | undefined;
}

/** The last thing that a user did in some matter, and on which devices they ever did. */
export interface Said {
	readonly on: boolean;
	readonly by: Set<SimDevice>;
}

export class Ledger {
	readonly written: Written[] = [];
	readonly #byMark = new Map<string, Written>();
	readonly #byId = new Map<EntryId, Written>();
	/** Drafts that should be offered, by device and conversation. */
	readonly drafts = new Map<string, Typed>();
	/** Drafts that were written over, sent or cleared: where they must not be found again. */
	readonly ended: Typed[] = [];
	/** Reactions and pins by message, matter and user. */
	readonly said = new Map<
		string,
		Said & { readonly message: Written; readonly matter: string; readonly user: UserId | undefined }
	>();
	/** How far each user has seen each log: `<user> <conversation> <segment> <client>` → s. */
	readonly #seen = new Map<string, { s: number; by: Set<SimDevice> }>();
	/** By user and conversation, the last segment behind which they saw the newest message: those before it count as read. */
	readonly #through = new Map<string, number>();
	/** By user and conversation: the devices on which they marked something unread. */
	readonly unreadBy = new Map<string, Set<SimDevice>>();
	readonly counts: Record<string, number> = {};
	/** What happened, line by line, for whoever reads of a fault. */
	readonly story: string[] = [];
	#marks = 0;

	tell(by: SimDevice | undefined, what: string): void {
		this.story.push(`${by?.name ?? 'the relay'} ${what}`);
	}

	count(what: string): void {
		this.counts[what] = (this.counts[what] ?? 0) + 1;
	}

	mark(): string {
		return `<${++this.#marks}>`;
	}

	wrote(
		message: Pick<Written, 'conversation' | 'by' | 'id' | 'replyTo' | 'forwardedFrom'> & { mark: string }
	): void {
		const { mark, by, conversation, id, replyTo, forwardedFrom } = message;
		const written: Written = {
			conversation,
			by,
			id,
			replyTo,
			forwardedFrom,
			wordings: [{ mark, by }],
			removedBy: new Set(),
			cancelled: false,
			contested: false,
			sent: false
		};
		this.written.push(written);
		this.#byMark.set(mark, written);
		this.#byId.set(id, written);
	}

	edited(written: Written, wording: Wording): void {
		written.wordings.push(wording);
		// Whoever cancelled it cannot have seen this: their own device shows it no more.
		if (written.cancelled) written.contested = true;
		this.#byMark.set(wording.mark, written);
	}

	/** Which message a text is of, by the last mark in it. */
	of(item: TimelineMessage): Written | undefined {
		return this.#byMark.get(lastMark(item.text) ?? '') ?? this.#byId.get(item.id);
	}

	/** Messages may have come under new ids. */
	follow(items: readonly TimelineItem[]): void {
		for (const item of items) {
			const written = item.type === 'message' ? this.of(item) : undefined;
			if (!written) continue;
			written.id = item.id;
			this.#byId.set(item.id, written);
		}
	}

	saw(by: SimDevice, conversation: ConversationId, message: TimelineMessage): void {
		const key = seenKey(by.self.id, conversation, message);
		const { s, by: devices } = this.#seen.get(key) ?? { s: -1, by: new Set() };
		this.#seen.set(key, { s: Math.max(s, message.s), by: devices.add(by) });
	}

	sawNewest(user: UserId, conversation: ConversationId, segment: number): void {
		const key = `${user} ${conversation}`;
		this.#through.set(key, Math.max(this.#through.get(key) ?? -1, segment));
	}

	/** A log is read from its start, so whoever saw a message has read what its writer wrote before it there. */
	mayHaveRead(user: UserId, conversation: ConversationId, message: TimelineMessage): boolean {
		if (message.segment <= (this.#through.get(`${user} ${conversation}`) ?? -1)) return true;
		return (this.#seen.get(seenKey(user, conversation, message))?.s ?? -1) >= message.s;
	}

	/** Seen, on devices that had the time to say so to the others. */
	mustHaveRead(user: UserId, conversation: ConversationId, message: TimelineMessage): boolean {
		const seen = this.#seen.get(seenKey(user, conversation, message));
		return (
			seen !== undefined &&
			seen.s >= message.s &&
			[...seen.by].every((by) => by.told) &&
			!this.unreadBy.has(`${user} ${conversation}`)
		);
	}

	says(message: Written, matter: string, user: UserId | undefined, by: SimDevice, on: boolean): void {
		const key = `${this.written.indexOf(message)} ${matter} ${user ?? ''}`;
		const devices = this.said.get(key)?.by ?? new Set<SimDevice>();
		this.said.set(key, { message, matter, user, on, by: devices.add(by) });
	}

	/** The device's field now holds this, or nothing. */
	typed(by: SimDevice, conversation: ConversationId, mark: string | undefined): void {
		const key = `${by.name} ${conversation}`;
		this.#end(key);
		if (mark !== undefined) this.drafts.set(key, { mark, by, conversation });
	}

	/** On another device somebody saw this draft of a device of theirs, and went on from it or chose another. */
	wentOn(
		deviceId: string,
		at: { by: SimDevice; conversation: ConversationId; mark: string | undefined }
	): void {
		const { by, conversation, mark } = at;
		for (const [key, draft] of this.drafts)
			if (draft.by.deviceId === deviceId && draft.conversation === conversation && draft.mark === mark)
				this.#end(key, by);
	}

	/** It was ended on a device that is lost, before that could have told: nobody else can know. */
	mayStand(by: SimDevice, conversation: ConversationId, mark: string | undefined): boolean {
		return this.ended.some(
			(draft) =>
				draft.by === by &&
				draft.conversation === conversation &&
				draft.mark === mark &&
				draft.endedOn?.lost === true
		);
	}

	#end(key: string, endedOn?: SimDevice): void {
		const draft = this.drafts.get(key);
		if (draft) this.ended.push({ ...draft, endedOn });
		this.drafts.delete(key);
	}
}

const seenKey = (user: UserId, conversation: ConversationId, { segment, client }: TimelineMessage) =>
	`${user} ${conversation} ${segment} ${client}`;

export const lastMark = (text: string): string | undefined => text.match(/<\d+>/g)?.at(-1);
