import type { Command } from '../../sync/commands/commandTable';
import { getApp, getToasts } from '../appContext';
import { text } from '../text';

/**
 * Gives commands about a group. One that this device's disk does not take changes nothing, and that is said. Call it while
 * a component is made.
 */
export function commandGiver(): (command: Command) => Promise<void> {
	const app = getApp();
	const toasts = getToasts();
	return async (command) => {
		try {
			await app.command(command);
		} catch {
			toasts.fail(text.group.failed);
		}
	};
}
