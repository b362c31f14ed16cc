/**
 * What one writes in a group after one has removed somebody leaves behind the removal: they are not to read it. What
 * others write comes in meanwhile.
 */
import { parseRoom } from '../protocol/rooms';
import type { ConversationId } from '../domain/ids';
import type { Gate } from './receiptsGate';
import type { Outbox } from './outbox';

export interface RemovalsFirstOptions {
	readonly outbox: () => Pick<Outbox, 'commands' | 'onChange'>;
}

/** Asked before something written in a room is sent. */
export function createRemovalsFirst({ outbox }: RemovalsFirstOptions): Gate {
	const removesFrom = (id: ConversationId): boolean =>
		outbox().commands.some(
			({ command, refusal }) => !refusal && command.type === 'remove-member' && command.conversation === id
		);

	const whenRemoved = (id: ConversationId): Promise<void> =>
		new Promise((resolve) => {
			const stop = outbox().onChange(() => {
				if (removesFrom(id)) return;
				stop();
				resolve();
			});
		});

	return (name) => {
		const room = parseRoom(name);
		if (room?.type !== 'segment' || !removesFrom(room.conversation)) return undefined;
		return whenRemoved(room.conversation);
	};
}
