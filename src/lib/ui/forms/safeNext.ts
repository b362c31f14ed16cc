/** Where to go after logging in: a path of this site, or `/`. Anything that could lead elsewhere is `/`. */
export function safeNext(next: string | null, origin: string): string {
	if (next === null || !/^\/(?![/\\])/.test(next)) return '/';
	try {
		const url = new URL(next, origin);
		return url.origin === origin ? url.pathname + url.search + url.hash : '/';
	} catch {
		// Not a URL at all.
		return '/';
	}
}
