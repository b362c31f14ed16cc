/**
 * Who may read the metrics: programs on this machine, and whoever knows the token. A request that another machine sent
 * through a proxy here came from there, though the proxy's own address is of this machine. So did one that asked for
 * another name: a plain proxy brings it, or a page whose name has been made to lead here (DNS rebinding).
 */
import { createHash, timingSafeEqual } from 'node:crypto';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const OWN_NAME = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;
const FORWARDED = [
	'forwarded',
	'x-forwarded-for',
	'x-forwarded-host',
	'x-forwarded-proto',
	'x-real-ip',
	'via'
];

export interface MetricsRequest {
	readonly headers: Headers;
	/** The client's address; undefined if it is not known. */
	readonly address: string | undefined;
}

export function mayReadMetrics({ headers, address }: MetricsRequest, token: string | undefined): boolean {
	const given = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1];
	if (given !== undefined) return token !== undefined && isSame(given, token);
	if (FORWARDED.some((name) => headers.has(name))) return false;
	if (!OWN_NAME.test(headers.get('host') ?? 'localhost')) return false;
	return address !== undefined && LOOPBACK.test(address);
}

/** Takes the same time whatever is given. */
function isSame(given: string, token: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(token));
}
