/**
 * Registers the worker that opens the app with no network (src/service-worker.ts). Without it everything else works:
 * plain http off localhost has none.
 */
export interface ServiceWorkerUpdates {
	/** True in browsers and at addresses where the app opens with no network. */
	readonly supported: boolean;
	/** Calls back when a newer version is ready; it takes over at the next start, or at once, with a reload, by `takeOver`. */
	onReady(listener: (takeOver: () => void) => void): void;
	/**
	 * Asks the server for a newer version, but not again within ten minutes. A browser asks by itself when a page is loaded,
	 * which one that stays open for days never is.
	 */
	look(): void;
}

const LOOK_EVERY_MS = 600_000;

interface Browser {
	readonly container: ServiceWorkerContainer | undefined;
	readonly reload: () => void;
	/** Milliseconds, of a clock that never goes back. */
	readonly now: () => number;
}

export function registerServiceWorker({
	container = own(),
	reload = () => globalThis.location.reload(),
	now = () => performance.now()
}: Partial<Browser> = {}): ServiceWorkerUpdates {
	const listeners = new Set<(takeOver: () => void) => void>();
	let ready: (() => void) | undefined;
	let registration: ServiceWorkerRegistration | undefined;
	let lookedAt = now();
	const updates: ServiceWorkerUpdates = {
		supported: container !== undefined,
		onReady(listener) {
			listeners.add(listener);
			if (ready) listener(ready);
		},
		look() {
			if (!registration || now() - lookedAt < LOOK_EVERY_MS) return;
			const before = lookedAt;
			lookedAt = now();
			// Without a network nothing was looked at.
			registration.update().catch(() => (lookedAt = before));
		}
	};
	const offer = (waiting: ServiceWorker): void => {
		ready = () => {
			// It waits no more where another window had it take over.
			if (waiting.state !== 'installed') return reload();
			container?.addEventListener('controllerchange', reload, { once: true });
			waiting.postMessage('take-over');
		};
		for (const listener of listeners) listener(ready);
	};
	container?.register(workerUrl(), { updateViaCache: 'none' }).then(
		(registered) => {
			registration = registered;
			watch(registered, container, offer);
		},
		// Offline, or refused by the browser: the worker of an earlier start goes on, and the next start tries again.
		() => undefined
	);
	return updates;
}

const WORKER = '/service-worker.js';

/** The types of lib.dom know nothing of Trusted Types yet: no more of them than this is used. */
interface TrustedTypes {
	createPolicy(
		name: string,
		rules: { createScriptURL(url: string): string }
	): { createScriptURL(url: string): string };
}

/** Where the pages' policy demands a trusted address (svelte.config.js), this one and no other is one. */
function workerUrl(): string {
	const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
	const policy = trustedTypes?.createPolicy('skein-service-worker', { createScriptURL: () => WORKER });
	return policy?.createScriptURL(WORKER) ?? WORKER;
}

function own(): ServiceWorkerContainer | undefined {
	return typeof navigator !== 'undefined' && 'serviceWorker' in navigator
		? navigator.serviceWorker
		: undefined;
}

function watch(
	registration: ServiceWorkerRegistration,
	container: ServiceWorkerContainer,
	offer: (waiting: ServiceWorker) => void
): void {
	if (registration.waiting && container.controller) offer(registration.waiting);
	registration.addEventListener('updatefound', () => {
		const { installing } = registration;
		installing?.addEventListener('statechange', () => {
			// The first worker of all replaces nothing and is no news.
			if (installing.state === 'installed' && container.controller) offer(installing);
		});
	});
}
