/**
 * Writes again, with corrected stamps, the facts that the relay refused because this device's clock was ahead (4409).
 * As with messages (salvage), one Yjs transaction under a lock for the room.
 */
import { laterStamp, ZERO_STAMP } from '../domain/stamp';
import { coversEntry } from '../domain/versionVector';
import { eraseEntries } from '../conversation/erase';
import { readFacts, writeFacts } from '../conversation/factDocument';
import { salvageLock } from './salvagedTexts';
import type { Clock } from '../domain/clock';
import type { RoomSync } from './roomSync';
import type { Tabs } from './ports';
import type { UserId } from '../domain/ids';

export interface SalvageFactsOptions {
	readonly self: UserId;
	readonly clock: Clock;
	/** The relay's wall clock as it refused, in milliseconds. */
	readonly relayMs: number;
	readonly tabs: Tabs;
}

/** Settles once the room holds no fact of this user's that the relay would refuse for its stamp. */
export async function salvageFacts(
	room: Pick<RoomSync, 'room' | 'doc' | 'acked'>,
	{ self, clock, relayMs, tabs }: SalvageFactsOptions
): Promise<void> {
	await tabs.exclusive(salvageLock(room.room), () => {
		const facts = [...readFacts(room.doc)];
		const isSent = ({ client, s }: { client: number; s: number }) => coversEntry(room.acked, client, s);
		const newest = facts
			.filter(([, fact]) => isSent(fact))
			.reduce((latest, [, { stamp }]) => laterStamp(latest, stamp), ZERO_STAMP);
		const isAhead = clock.refused({ relayMs, newest });
		// Nothing that the relay has is later than the latest that it has.
		const ahead = facts.filter(([, { stamp }]) => isAhead(stamp));
		room.doc.transact(() => {
			const erased = ahead.map(([, fact]) => fact);
			eraseEntries(room.doc, self, erased, { headersToo: true });
			const again = new Map(ahead.map(([key, { value }]) => [key, value]));
			writeFacts(room.doc, self, again, () => clock.tick());
		});
		return Promise.resolve();
	});
}
