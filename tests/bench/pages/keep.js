/**
 * The benchmark's own service worker: keeps its pages and their code when it is installed, as the app's does. A browser
 * compiles what is kept like that once and for all, so an opening measures what the code does, in each arm alike.
 */
const CACHE = 'bench';
/** @type {readonly string[]} */
const kept = JSON.parse(new URL(location.href).searchParams.get('keep') ?? '[]');
const worker = /** @type {any} */ (self);

worker.addEventListener('install', (/** @type {any} */ event) => {
	event.waitUntil(keep());
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
	if (kept.includes(new URL(event.request.url).pathname)) event.respondWith(answer(event.request));
});

async function keep() {
	const cache = await caches.open(CACHE);
	await cache.addAll(kept.map((path) => new Request(path, { cache: 'reload' })));
	await worker.skipWaiting();
}

/** @param {Request} request */
async function answer(request) {
	const cache = await caches.open(CACHE);
	return (await cache.match(request)) ?? fetch(request);
}
