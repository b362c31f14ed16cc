/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/**
 * Opens the app with no network: keeps the shell (the one HTML page of all routes), its code and its files, and
 * answers navigations from there. A new version is fetched whole beside the old one and takes over at the next start,
 * or when the person asks for it: never under a page that is open. The shell before it stays one version longer: another
 * tab may still run it, and finds its own parts there. It never touches /api and /sync. Pages show the system's
 * notifications through it (src/lib/ui/notifications); one that is pressed leads to its conversation.
 */
import { build, files, version } from '$service-worker';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

const CACHE_PREFIX = 'skein-shell-';
const cacheName = `${CACHE_PREFIX}${version}`;
const SHELL = '/';
const IMMUTABLE = '/_app/immutable/';
const assets = new Set([...build, ...files.filter((path) => !path.endsWith('.map'))]);

worker.addEventListener('install', (event) => {
	event.waitUntil(keepShell());
});

worker.addEventListener('activate', (event) => {
	event.waitUntil(forgetOldShells());
});

worker.addEventListener('message', (event) => {
	if (event.data === 'take-over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
	if (/^\/(api|sync|metrics)(\/|$)/.test(url.pathname)) return;
	if (request.mode === 'navigate') event.respondWith(kept(SHELL, request));
	else if (assets.has(url.pathname)) event.respondWith(kept(url.pathname, request));
	// Its name holds the hash of what is in it: one that this version does not know belongs to the version before.
	else if (url.pathname.startsWith(IMMUTABLE)) event.respondWith(keptBefore(request));
});

worker.addEventListener('notificationclick', (event) => {
	const { notification } = event;
	notification.close();
	event.waitUntil(leadTo(String((notification.data as { path?: unknown } | null)?.path ?? SHELL)));
});

/** In a window that is open, without loading it anew, else in a new one. */
async function leadTo(path: string): Promise<void> {
	const windows = await worker.clients.matchAll({ type: 'window' });
	const client = windows.find(({ visibilityState }) => visibilityState === 'visible') ?? windows[0];
	if (!client) return void (await worker.clients.openWindow(path));
	client.postMessage({ open: path });
	// Where the browser does not let it come to the front, it is there all the same.
	await client.focus().catch(() => undefined);
}

/** All or nothing: a version of which a part is missing is not installed, and the one before it stays. */
async function keepShell(): Promise<void> {
	const cache = await caches.open(cacheName);
	const requests = [SHELL, ...assets].map(
		(path) => new Request(path, { cache: 'reload', credentials: 'omit' })
	);
	await cache.addAll(requests);
}

async function forgetOldShells(): Promise<void> {
	// In the order in which they were made.
	const names = (await caches.keys()).filter((name) => name.startsWith(CACHE_PREFIX));
	const before = names.filter((name) => name !== cacheName).at(-1);
	const old = names.filter((name) => name !== cacheName && name !== before);
	await Promise.all(old.map((name) => caches.delete(name)));
	await worker.clients.claim();
}

/** What is kept under `path`; from the network if the browser has thrown the cache away, or does in this moment. */
async function kept(path: string, request: Request): Promise<Response> {
	return (await found(caches.match(path, { cacheName }))) ?? fetch(request);
}

async function keptBefore(request: Request): Promise<Response> {
	return (await found(caches.match(request))) ?? fetch(request);
}

const found = (looked: Promise<Response | undefined>) => looked.catch(() => undefined);
