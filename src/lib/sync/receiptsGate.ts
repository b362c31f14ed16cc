/**
 * Receipts that waited on this device: home comes first, and says whether the user still tells others what they read.
 * Invariant: none leaves before home is told on that connection, or after it was switched off; it is erased whole then.
 */
import { parseRoom } from '../protocol/rooms';
import { RECEIPTS_OFF } from './reading';
import type { ConversationId } from '../domain/ids';
import type { ConversationSync } from './conversationSync';
import type { Home } from './home';

export interface ReceiptsGateOptions {
	readonly home: () => Pick<Home, 'isTold' | 'isOn' | 'onChange'>;
	readonly conversation: (
		id: ConversationId
	) => Pick<ConversationSync, 'holdsReceipts' | 'withdrawReceipts'> | undefined;
}

/** Asked before the channel of a room is opened: undefined if it may be, else what it is to wait for before asking again. */
export type Gate = (room: string) => Promise<void> | undefined;

export function createReceiptsGate({ home, conversation }: ReceiptsGateOptions): Gate {
	function whenTold(): Promise<void> {
		return new Promise((resolve) => {
			const stop = home().onChange(() => {
				if (!home().isTold) return;
				stop();
				resolve();
			});
		});
	}

	return (name) => {
		const room = parseRoom(name);
		const sync = room?.type === 'segment' ? conversation(room.conversation) : undefined;
		if (room?.type !== 'segment' || !sync?.holdsReceipts(room.segment)) return undefined;
		if (!home().isTold) return whenTold();
		if (home().isOn(RECEIPTS_OFF)) sync.withdrawReceipts(room.segment);
		return undefined;
	};
}
