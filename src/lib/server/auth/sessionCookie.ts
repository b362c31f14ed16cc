/**
 * The cookie that carries the session token. Where the browser grants secure cookies (https, and http on this very
 * machine) it is `__Host-skein`, which no other host and no plain http page can plant; elsewhere a plain `skein`, so
 * that a server on a local network without a certificate still lets people log in.
 */
const SECURE_NAME = '__Host-skein';
const PLAIN_NAME = 'skein';
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const grantsSecureCookies = (url: URL): boolean => url.protocol === 'https:' || LOOPBACK.has(url.hostname);

/** What the cookie is called where the server is reached by this address. */
export const sessionCookieName = (url: URL): string => (grantsSecureCookies(url) ? SECURE_NAME : PLAIN_NAME);

/** The `Set-Cookie` value that keeps the token for `maxAgeS` seconds. */
export function sessionCookie(url: URL, token: string, maxAgeS: number): string {
	const secure = grantsSecureCookies(url);
	const cookie = `${sessionCookieName(url)}=${token}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Lax`;
	return secure ? `${cookie}; Secure` : cookie;
}

/** The `Set-Cookie` value that takes the token away. */
export const blankSessionCookie = (url: URL): string => sessionCookie(url, '', 0);

/**
 * The token in a `Cookie` header; undefined if there is none. Over https the plain cookie is not believed. Where the
 * url is not known either is, the secure one first.
 */
export function readSessionCookie(header: string | undefined, url?: URL): string | undefined {
	const names = url?.protocol === 'https:' ? [SECURE_NAME] : [SECURE_NAME, PLAIN_NAME];
	const pairs = (header ?? '').split(';').map((pair) => pair.trim());
	for (const name of names) {
		const found = pairs.find((pair) => pair.startsWith(`${name}=`));
		if (found && found.length > name.length + 1) return found.slice(name.length + 1);
	}
	return undefined;
}
