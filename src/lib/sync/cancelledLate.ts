import { conversationOf, type CancelledRow } from './cancelled';
import type { Directory } from '../domain/directory';
import type { LocalStore } from './ports';

/**
 * Messages that were cancelled on this device, in any tab, when a connection may have been given them already: the others
 * may see them until this device hears that the relay has them, and deletes them. Where one is no longer in it, that is
 * for when one comes back.
 */
export async function cancelledLate({
	local,
	directory
}: {
	readonly local: Pick<LocalStore, 'all'>;
	readonly directory: Pick<Directory, 'conversations'>;
}): Promise<number> {
	const rows = await local.all<CancelledRow>('cancelled');
	return rows.filter(
		([row, { mayHaveLeft }]) => mayHaveLeft && directory.conversations.has(conversationOf(row))
	).length;
}
