import { createContext } from 'svelte';

/** `impossible`: this browser, or this address, has none. `asked-for` is up to the person still. */
export type NotificationState = 'impossible' | 'open' | 'refused' | 'allowed';

/** Whether the system may be told of messages: the person's word to the browser. */
export class NotificationPermission {
	#state = $state.raw(stateNow());

	get state(): NotificationState {
		return this.#state;
	}

	/** Call from an effect: it can be changed in the browser's own settings, and in another tab. */
	follow(): () => void {
		const look = () => (this.#state = stateNow());
		let status: PermissionStatus | undefined;
		let ended = false;
		// A browser without this asks anew at the next start.
		void navigator.permissions?.query({ name: 'notifications' }).then(
			(found) => {
				if (ended) return;
				status = found;
				status.addEventListener('change', look);
				// It may have been changed before anybody listened.
				look();
			},
			() => undefined
		);
		return () => {
			ended = true;
			status?.removeEventListener('change', look);
		};
	}

	/** Has the browser ask. Only upon the person's own act. */
	async ask(): Promise<void> {
		await Notification.requestPermission();
		this.#state = stateNow();
	}
}

function stateNow(): NotificationState {
	// They go through the service worker, which secure pages alone have.
	if (!('Notification' in globalThis) || !('serviceWorker' in navigator)) return 'impossible';
	return ({ default: 'open', denied: 'refused', granted: 'allowed' } as const)[Notification.permission];
}

export const [getNotificationPermission, setNotificationPermission] = createContext<NotificationPermission>();
