import { RoomLogs } from './roomLogs';
import type { ReadUpdate } from '../src/lib/protocol/updateReader';

/**
 * The updates of a room, all of them sound, as one that holds nothing of what they erase. Throws if one of them does not
 * follow on those before it.
 */
export function compactUpdates(updates: readonly ReadUpdate[]): Uint8Array {
	const logs = new RoomLogs();
	for (const update of updates) logs.apply(update);
	return logs.encode();
}
