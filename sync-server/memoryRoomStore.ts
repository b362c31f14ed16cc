import { scopeOf } from './roomScope';
import type { Poison } from './storedUpdates';
import type { UserId } from '../src/lib/domain/ids';
import type { Placed, RoomStore, StoredUpdate, WriteKey } from './roomStore';

interface Held {
	updates: Placed[];
	erasedAt: number;
	readonly asides: Poison[];
	readonly shares: Map<UserId, number>;
}

/** A store that forgets all when the process ends: for tests, and for trying things out. */
export function memoryRoomStore(): RoomStore {
	const rooms = new Map<string, Held>();
	const keys = new Map<string, string>();
	let newest = 0;
	const nameOf = ({ scope, user, key }: Omit<WriteKey, 'entry'>) => JSON.stringify([scope, user, key]);
	const positionOf = (room: string) => rooms.get(room)?.updates.at(-1)?.position ?? 0;

	function keep({ room, update, keys: written = [], erased = 'nothing', shares = [] }: StoredUpdate): void {
		const held: Held = rooms.get(room) ?? { updates: [], erasedAt: 0, asides: [], shares: new Map() };
		rooms.set(room, held);
		held.updates.push({ position: ++newest, bytes: update });
		if (erased !== 'nothing') held.erasedAt = newest;
		for (const { user, bytes } of shares) held.shares.set(user, bytes);
		for (const key of written) if (!keys.has(nameOf(key))) keys.set(nameOf(key), key.entry);
	}

	return {
		load: async (room) => ({
			updates: rooms.get(room)?.updates.map(({ bytes }) => bytes) ?? [],
			position: positionOf(room)
		}),
		async read(room, behind, bytesMax) {
			const read: Placed[] = [];
			let bytes = 0;
			for (const update of rooms.get(room)?.updates ?? []) {
				if (update.position <= behind) continue;
				read.push(update);
				bytes += update.bytes.length;
				if (bytes >= bytesMax) break;
			}
			return read;
		},
		async append(batch) {
			// Copied before any is kept: all or nothing, and nobody's to change.
			batch.map((stored) => ({ ...stored, update: stored.update.slice() })).forEach(keep);
			return newest;
		},
		probe: async () => {},
		async replace(replacements, clean = []) {
			for (const { room, behind = 0, through, update, aside = [] } of replacements) {
				const held = rooms.get(room);
				const earlier = held?.updates.filter(({ position }) => position <= behind) ?? [];
				const later = held?.updates.filter(({ position }) => position > through) ?? [];
				const last = held?.updates[held.updates.length - later.length - 1];
				if (!held || !last || last.position <= behind) continue;
				held.updates = [...earlier, { position: last.position, bytes: update.slice() }, ...later];
				held.asides.push(...aside);
			}
			for (const { room, through } of clean) {
				const held = rooms.get(room);
				if (held && held.erasedAt <= through) held.erasedAt = 0;
			}
		},
		asides: async (room) => [...(rooms.get(room)?.asides ?? [])],
		erased: async () => [...rooms].filter(([, { erasedAt }]) => erasedAt > 0).map(([room]) => room),
		scrub: async () => true,
		shareOf: async (user) =>
			[...rooms.values()].reduce((sum, { shares }) => sum + (shares.get(user) ?? 0), 0),
		writtenBy: async (user) => [...rooms].filter(([, { shares }]) => shares.has(user)).map(([room]) => room),
		position: async (room) => positionOf(room),
		async changedSince(position, scopes, { limit, behind } = { limit: Infinity }) {
			const since = behind ?? (position <= newest ? position : 0);
			const changed = [...rooms.keys()]
				.filter((room) => scopes.includes(scopeOf(room)) && positionOf(room) > since)
				.map((room) => ({ room, position: positionOf(room) }));
			return { rooms: changed.sort((a, b) => a.position - b.position).slice(0, limit), newest };
		},
		// Nothing of it is ever put back.
		ahead: async () => -1,
		entryOfKey: async (scope, user, key) => keys.get(nameOf({ scope, user, key }))
	};
}
