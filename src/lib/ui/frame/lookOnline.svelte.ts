import { untrack } from 'svelte';
import type { SyncModel } from '../../state/syncModel';

/**
 * Looks at what the server alone knows: now, and with each connection that comes. It follows the true state and not the
 * one in sight: a break that is too short to be shown makes an answer fail all the same. Call it while a component is made.
 */
export function lookOnline(sync: Pick<SyncModel, 'state'>, look: () => Promise<void>): void {
	const connected = $derived(sync.state === 'synced' || sync.state === 'catching-up');
	let isFirst = true;
	$effect(() => {
		if (connected || isFirst) untrack(() => void look());
		isFirst = false;
	});
}
