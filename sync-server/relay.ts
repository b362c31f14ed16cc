/**
 * The relay: brings the documents of devices together, and keeps them on disk. It speaks the y-websocket protocol on
 * `/sync/<room>`, and the same on each channel of a link (`/sync`).
 *
 *   socket → (link) → channel → room: guard → document → staged ─┐
 *   channels ← fan-out, sync step 2, acks ← room ← COMMIT ← store ┘
 *
 * Invariants
 * - Nothing that goes out tells of what is not on disk: fan-out, sync step 2 and acks follow COMMIT.
 * - A failed commit is as if it had not been: the room is read again from the store, and everyone is asked again.
 * - Before Yjs sees a byte the guard has read it: a log grows by its own user, at its end, by whole entries.
 * - A refusal closes one channel with a code, and changes nothing for others.
 * - It never refuses by HTTP: the socket is accepted, then closed with the code.
 * Deliberately absent: accounts and membership (the host answers for them), what entries mean, module state.
 */
import { Admission } from './admission';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { Committer } from './committer';
import { Rooms } from './rooms';
import { ServerWriter } from './serverWriter';
import { Sockets } from './upgrade';
import type { Relay, RelayOptions, RelayTiming } from './ports';

const TIMING: RelayTiming = { pingEveryMs: 15_000, closeWithinMs: 2_000 };

export function createRelay(options: RelayOptions): Relay {
	const { store, access, now, randomBytes, log } = options;
	const committer = new Committer(store, log);
	const rooms = new Rooms({ store, committer, now, randomBytes, log });
	const admission = new Admission({ access, rooms, log });
	const sockets = new Sockets({ admission, log, timing: { ...TIMING, ...options.timing } });
	const writer = new ServerWriter(rooms, store);
	return {
		handleUpgrade: (request, socket, head) => sockets.handleUpgrade(request, socket, head),
		append: (room, author, entries, { key } = {}) => writer.append(room, author, entries, key),
		project: (room, facts) => writer.project(room, facts),
		entries: (room) => writer.entries(room),
		dropSession(sessionId) {
			admission.revoked();
			sockets.dropSession(sessionId);
		},
		dropMember(conversation, userId) {
			admission.revoked();
			for (const room of rooms.ofConversation(conversation)) {
				room.dropUser(userId, CLOSE.forbidden, 'no longer a member');
			}
		},
		stats: () => ({ rooms: rooms.size, sockets: sockets.size }),
		async close() {
			await committer.idle();
			await sockets.close();
			await committer.idle();
		}
	};
}
