/**
 * Pictures in the browser's Cache storage, a cache for each account: blobs that stay on the disk until one is shown.
 * Where there is none (plain http off localhost) they are kept in memory, as nothing works offline there anyway.
 */
import { memoryPictureCache } from './memoryStorage';
import type { PictureCache } from './ports';

const nameOf = (account: string): string => `${account}:pictures`;
const PATH = '/api/pictures/';
const caching = (): CacheStorage | undefined => ('caches' in globalThis ? globalThis.caches : undefined);

/** `account` is what the names of all that the account keeps begin with. */
export function browserPictureCache(account: string): PictureCache {
	const caches = caching();
	if (!caches) return memoryPictureCache();
	const open = (): Promise<Cache> => caches.open(nameOf(account));
	return {
		get: async (name) => (await (await open()).match(PATH + name))?.blob(),
		put: async (name, picture) => (await open()).put(PATH + name, new Response(picture)),
		delete: async (name) => void (await (await open()).delete(PATH + name)),
		async names() {
			const requests = await (await open()).keys();
			return requests.map(({ url }) => new URL(url).pathname.slice(PATH.length));
		}
	};
}

export async function deletePictureCache(account: string): Promise<void> {
	await caching()?.delete(nameOf(account));
}
