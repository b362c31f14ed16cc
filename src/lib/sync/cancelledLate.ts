import type { CancelledRow } from './cancelled';
import type { LocalStore } from './ports';

/**
 * Messages that were cancelled on this device, in any tab, when a connection may have been given them already: the others
 * may see them until this device hears that the relay has them, and deletes them.
 */
export async function cancelledLate(local: Pick<LocalStore, 'all'>): Promise<number> {
	const rows = await local.all<CancelledRow>('cancelled');
	return rows.filter(([, { mayHaveLeft }]) => mayHaveLeft).length;
}
