/**
 * Brings the documents up to what SQL says, for each who changed something in fair turns. What fails stays due, and is
 * tried again with the next change and at the next start.
 */
import type { Logger } from 'pino';
import { FairTurns } from './fairTurns';
import type { ProjectedFacts } from './projectedFacts';
import { sealKey, type DueProjection, type ProjectionsDue } from './projectionsDue';
import type { RelayPort } from '../relayPort';
import { SYSTEM_USER, type ConversationId } from '../../domain/ids';
import { encodeSystemBody } from '../../domain/bodies';
import { KIND } from '../../domain/entry';
import { parseRoom } from '../../protocol/rooms';
import { VECTOR_CLIENTS_MAX } from '../../domain/limits';

export interface ProjectorParts {
	readonly due: ProjectionsDue;
	readonly facts: ProjectedFacts;
	readonly relay: RelayPort;
	readonly log: Logger;
}

/** What was changed, and who is told. */
export interface Told<T> {
	readonly result: T;
	/** The documents that are to say it. */
	readonly rooms: readonly string[];
	/** Settles, never rejects, once each of them has been tried. */
	readonly told: Promise<void>;
}

export class Projector {
	readonly #parts: ProjectorParts;
	readonly #turns: FairTurns;
	/** Rooms that could not be written. */
	readonly #failed = new Set<string>();
	#retrying: Promise<void> | undefined;
	/** What is written and still noted as due, and who waits until it no longer is. */
	#written: number[] = [];
	#noted: Promise<void> | undefined;

	constructor(parts: ProjectorParts) {
		this.#parts = parts;
		this.#turns = new FairTurns({ work: (room) => this.#tryRoom(room), nextTurn: setImmediate });
	}

	/**
	 * Resolves, never rejects, once what was due at the call has been tried: in these rooms, or in all. `owner` is whose
	 * turns it takes: a user, or what else goes by itself.
	 */
	async bringUp(owner: string = SYSTEM_USER, rooms: Iterable<string> = this.#rooms()): Promise<void> {
		const tried = this.#turns.add(owner, rooms);
		this.#retry();
		return tried;
	}

	/** Brings up what is due of a conversation: what it says of itself, and its timeline. */
	bringUpConversation(owner: string, id: ConversationId): Promise<void> {
		return this.bringUp(owner, this.#parts.due.roomsOf(id));
	}

	/** Runs what changes something, within this turn of the event loop, and brings up what follows from it. */
	follow<T>(owner: string, change: () => T): Told<T> {
		const { result, rooms } = this.#parts.due.noting(change);
		return { result, rooms, told: this.bringUp(owner, rooms) };
	}

	/** Nothing is begun from now on: the database closes. */
	stop(): void {
		this.#turns.stop();
		this.#failed.clear();
		this.#note();
	}

	#rooms(): readonly string[] {
		try {
			return this.#parts.due.rooms();
		} catch (error) {
			this.#parts.log.error({ err: error }, 'what is due could not be read');
			return [];
		}
	}

	/** Of what failed, one try at a time. */
	#retry(): void {
		if (this.#failed.size === 0 || this.#retrying) return;
		const rooms = [...this.#failed];
		this.#retrying = this.#turns.add(SYSTEM_USER, rooms).finally(() => (this.#retrying = undefined));
	}

	/** In the order in which it became due. */
	async #tryRoom(room: string): Promise<void> {
		const { due, relay, log } = this.#parts;
		try {
			for (const projection of due.ofRoom(room)) {
				await this.#project(projection);
				this.#written.push(projection.id);
			}
			this.#failed.delete(room);
			if (this.#written.length > 0) await (this.#noted ??= this.#noteSoon());
		} catch (error) {
			this.#failed.add(room);
			// Of a full disk the relay has told once: not again with each try.
			const level = relay.health().status === 'ok' ? 'error' : 'debug';
			log[level]({ err: error, room }, 'a document could not be brought up to date; it stays due');
		}
	}

	/** What one commit of the relay's has written is noted in one transaction: each waits for the disk. */
	async #noteSoon(): Promise<void> {
		await new Promise((resolve) => setImmediate(resolve));
		this.#noted = undefined;
		this.#note();
	}

	#note(): void {
		const written = this.#written;
		this.#written = [];
		if (written.length > 0) this.#parts.due.done(written);
	}

	/** What seals a segment as it stands now; undefined if the room is no segment. */
	async #seal(name: string): Promise<Uint8Array | undefined> {
		const room = parseRoom(name);
		if (room?.type !== 'segment') return undefined;
		const vector = await this.#parts.relay.messageVector(name);
		// One that names too many clients is left empty: each message of the segment is then read by itself.
		const told = vector.size <= VECTOR_CLIENTS_MAX ? vector : new Map<number, number>();
		return encodeSystemBody({ key: sealKey(room.segment), event: 'seal', vector: told });
	}

	async #project({ room, eventKey, eventBody, erases }: DueProjection): Promise<void> {
		const { facts, relay } = this.#parts;
		const isSeal = eventKey !== '' && !erases && !eventBody;
		const body = isSeal ? await this.#seal(room) : (eventBody ?? undefined);
		const event = body ? { kind: KIND.system, body } : undefined;
		if (erases) return relay.erase(room, erases, event);
		if (event) return void (await relay.append(room, SYSTEM_USER, [event], { key: eventKey }));
		if (isSeal) return;
		const wanted = facts.of(room);
		if (wanted) await relay.project(room, wanted);
	}
}
