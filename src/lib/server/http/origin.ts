/**
 * Where a request came from. A browser sends a cookie along with whatever page asks, and tells that page's origin;
 * clients that are no browsers send no Origin and have no cookies planted in them, so its absence is no fault.
 */
import type { IncomingMessage } from 'node:http';
import type { Settings } from '../settings';

/** True if no other site's page made this request. Schemes and ports count. */
export function isOwnOrigin(headers: Headers, url: URL): boolean {
	const origin = headers.get('origin');
	if (origin !== null) return origin === url.origin;
	const site = headers.get('sec-fetch-site');
	return site === null || site === 'same-origin' || site === 'none';
}

/** The same for a WebSocket upgrade, which SvelteKit does not see. */
export function allowsUpgradeFrom(request: IncomingMessage, settings: Settings): boolean {
	const origin = request.headers.origin;
	return origin === undefined || origin === originOf(request, settings);
}

/** The origin that an upgrade came to; undefined if it does not say. */
export function originOf(request: IncomingMessage, settings: Settings): string | undefined {
	if (settings.origin !== undefined) return settings.origin;
	const header = (name: string | undefined) => {
		const value = name === undefined ? undefined : request.headers[name];
		return (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim() || undefined;
	};
	const encrypted = 'encrypted' in request.socket && request.socket.encrypted === true;
	const protocol = header(settings.protocolHeader) ?? (encrypted ? 'https' : 'http');
	const host = header(settings.hostHeader) ?? request.headers.host;
	const url = `${protocol}://${host}`;
	return host !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}
