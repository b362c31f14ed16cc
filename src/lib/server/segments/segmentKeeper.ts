/**
 * Follows how segments stand at the relay: seals the full ones, moves the live one on, and has the info documents say
 * so. Invariant: what the relay tells is compared with SQL, and what differs is written in one transaction with the
 * projections that are due for it. A process killed before that hears the same again, since the relay tells how a
 * segment stands whenever it reads it from disk.
 */
import type { Database } from 'better-sqlite3';
import type { Logger } from 'pino';
import type { SegmentStore } from './segmentStore';
import type { ConversationStore } from '../conversations/conversationStore';
import type { ProjectionsDue } from '../projections/projectionsDue';
import type { Projector } from '../projections/projector';
import type { RelayPort, SegmentState } from '../relayPort';
import type { ConversationId } from '../../domain/ids';
import { segmentRoom } from '../../protocol/rooms';

export interface SegmentKeeperParts {
	readonly db: Database;
	readonly conversations: ConversationStore;
	readonly segments: SegmentStore;
	readonly due: ProjectionsDue;
	readonly projector: Projector;
	readonly relay: RelayPort;
	readonly log: Logger;
}

export class SegmentKeeper {
	readonly #parts: SegmentKeeperParts;
	/** By room: of several words on one segment the last counts. */
	readonly #told = new Map<string, SegmentState>();
	#passes: Promise<void> = Promise.resolve();
	#isPassDue = false;
	#stopped = false;

	constructor(parts: SegmentKeeperParts) {
		this.#parts = parts;
	}

	/** The relay tells how a segment stands. What it tells while others are followed is followed together. */
	take(state: SegmentState): void {
		if (this.#stopped) return;
		this.#told.set(segmentRoom(state.conversation, state.segment), state);
		if (this.#isPassDue) return;
		this.#isPassDue = true;
		this.#passes = this.#passes.then(() => this.#pass());
	}

	/** Resolves, never rejects, once everything that was told until the call stands in SQL; the documents follow. */
	settled(): Promise<void> {
		return this.#passes;
	}

	/** Nothing is done from now on: the database closes. */
	stop(): void {
		this.#stopped = true;
		this.#told.clear();
	}

	async #pass(): Promise<void> {
		this.#isPassDue = false;
		const states = [...this.#told.values()].sort((a, b) => a.segment - b.segment);
		this.#told.clear();
		const changed = new Set<ConversationId>();
		for (const state of states) if (await this.#follow(state)) changed.add(state.conversation);
		// Nobody waits for it: who reads a conversation need not wait for what others are told of theirs.
		if (!this.#stopped) for (const id of changed) void this.#parts.projector.bringUpConversation(id, id);
	}

	/** True if documents are due. */
	async #follow(state: SegmentState): Promise<boolean> {
		const { conversation, segment, isFull } = state;
		try {
			// A segment is over when it is full, or when the next one holds something.
			const live = this.#parts.conversations.liveSegment(conversation);
			if (live === undefined) return false;
			const over = isFull ? segment + 1 : segment;
			for (let n = live; n < over; n++) await this.#close(conversation, n);
			return this.#write(state) || over > live;
		} catch (error) {
			if (!this.#stopped)
				this.#parts.log.error({ err: error, conversation, segment }, 'a segment could not be followed');
			return false;
		}
	}

	async #close(conversation: ConversationId, segment: number): Promise<void> {
		const { db, conversations, segments, due, relay } = this.#parts;
		const room = segmentRoom(conversation, segment);
		const { firstMs, lastMs } = await relay.segment(room);
		db.transaction(() => {
			if (firstMs !== undefined) segments.put(conversation, segment, { first: firstMs, last: lastMs });
			conversations.raiseLive(conversation, segment + 1);
			due.addInfo(conversation);
			due.addSeal(conversation, segment);
		}).immediate();
	}

	/** The span of a segment, if it differs from what is known. */
	#write({ conversation, segment, firstMs, lastMs }: SegmentState): boolean {
		const { db, conversations, segments, due } = this.#parts;
		if (firstMs === undefined) return false;
		const isOver = segment < (conversations.liveSegment(conversation) ?? 0);
		const span = { first: firstMs, last: isOver ? lastMs : undefined };
		const known = segments.span(conversation, segment);
		if (known?.first === span.first && known.last === span.last) return false;
		db.transaction(() => {
			segments.put(conversation, segment, span);
			due.addInfo(conversation);
		}).immediate();
		return true;
	}
}
