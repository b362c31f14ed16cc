import type { KeptHere } from '../sync/homeRefusal';
import type { StorageProblem } from '../sync/ports';

/** How the connection stands, as the screens see it. */
export type SyncState = 'offline' | 'connecting' | 'catching-up' | 'synced';

export interface SyncModel {
	readonly state: SyncState;
	/** Rooms of conversations that are still being brought up to date. */
	readonly conversationsLeft: number;
	/** Own messages, in all conversations, that only this device has. */
	readonly unsent: number;
	/** What one has done to messages, in all conversations, that the others do not know of: deletions, reactions, pins. */
	readonly changes: number;
	/** The server ended the session: reading and writing go on, sending needs a login. */
	readonly signedOut: boolean;
	/** Set when this device cannot keep what is written: what happened, for the person. */
	readonly storageProblem: StorageProblem | undefined;
	/** Set while the server takes nothing of what one keeps for oneself (drafts, settings, what is read): why. */
	readonly keptHere: KeptHere | undefined;
	/** Milliseconds since 1970 when this device was last synced; undefined if never. */
	readonly lastSyncedAt: number | undefined;
	/** Connects now instead of after the back-off. */
	tryNow(): void;
	/** Messages that had not been sent when the browser lost this device's copy of everything; 0 if it has not. */
	readonly lost: number;
}
