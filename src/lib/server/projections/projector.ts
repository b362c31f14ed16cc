/**
 * Brings the documents up to what SQL says. What fails stays due, and is tried again with the next change and at the
 * next start.
 */
import type { Logger } from 'pino';
import type { ProjectedFacts } from './projectedFacts';
import { sealKey, type DueProjection, type ProjectionsDue } from './projectionsDue';
import type { RelayPort } from '../relayPort';
import { SYSTEM_USER } from '../../domain/ids';
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

export class Projector {
	readonly #parts: ProjectorParts;
	#running: Promise<void> = Promise.resolve();

	constructor(parts: ProjectorParts) {
		this.#parts = parts;
	}

	/** Resolves, never rejects, once everything that was due at the call has been tried. */
	bringUp(): Promise<void> {
		this.#running = this.#running
			.then(() => this.#tryAll())
			.catch((error: unknown) => this.#parts.log.error({ err: error }, 'what is due could not be read'));
		return this.#running;
	}

	/** Rooms side by side, so that the relay commits them together; within a room in order. */
	async #tryAll(): Promise<void> {
		const byRoom = new Map<string, DueProjection[]>();
		for (const projection of this.#parts.due.all()) {
			byRoom.set(projection.room, [...(byRoom.get(projection.room) ?? []), projection]);
		}
		await Promise.all([...byRoom.values()].map((projections) => this.#tryRoom(projections)));
	}

	async #tryRoom(projections: readonly DueProjection[]): Promise<void> {
		const { due, relay, log } = this.#parts;
		for (const projection of projections) {
			try {
				await this.#project(projection);
				due.done(projection.id);
			} catch (error) {
				// Of a full disk the relay has told once: not again with each try.
				const level = relay.health().status === 'ok' ? 'error' : 'debug';
				log[level](
					{ err: error, room: projection.room },
					'a document could not be brought up to date; it stays due'
				);
				return;
			}
		}
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
