import { createBrowserTabs } from '../sync/tabs';
import { createIndexeddbStorage } from '../sync/indexeddbStorage';
import type { DevicePorts, SocketLike, Timers } from '../sync/ports';
import type { UserId } from '../domain/ids';

const browserTimers: Timers = {
	after(ms, callback) {
		const handle = setTimeout(callback, ms);
		return () => clearTimeout(handle);
	}
};

const DRAWN_WITHIN_MS = 500;

/** The world of a device in a browser profile. */
export const browserPorts = (user: UserId): DevicePorts => ({
	now: Date.now,
	randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
	timers: browserTimers,
	// The browser's own class has all of SocketLike; its handlers are merely typed with more of the DOM.
	openSocket: (url) => new WebSocket(url) as unknown as SocketLike,
	storage: createIndexeddbStorage(user, browserTimers),
	tabs: createBrowserTabs(user),
	whenDrawn: () =>
		new Promise((resolve) => {
			// In the task behind its frame it has been laid out and painted. A page that nobody looks at has no frames.
			requestAnimationFrame(() => setTimeout(resolve));
			setTimeout(resolve, DRAWN_WITHIN_MS);
		})
});
