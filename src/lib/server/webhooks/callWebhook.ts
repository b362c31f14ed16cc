/**
 * Calls an address that a member has named. It may be anything, so the server reaches through it nothing that is not
 * public (SSRF): each address that a name resolves to is looked at when the connection is made, and no redirect is
 * followed. What is answered is thrown away.
 */
import { isAmong, isOutsidePublic } from './addresses';
import { lookup as lookupBySystem } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { useAgent } from 'request-filtering-agent';

const WITHIN_MS = 10_000;
/** Of an answer: who sends more is cut off. */
const ANSWER_BYTES_MAX = 64_000;

/** Resolves with the HTTP status, and rejects if there was none, or with the signal. */
export type CallWebhook = (
	url: string,
	call: {
		readonly body: string;
		readonly headers: Readonly<Record<string, string>>;
		readonly signal?: AbortSignal;
	}
) => Promise<number>;

/**
 * `allowed` are addresses, or ranges as in `10.0.0.0/8`, of the operator's own network that may be called all the same.
 * `lookup` finds the addresses of a name; the system does if it is not given.
 */
export function callWebhookWith(
	allowed: readonly string[],
	lookup: LookupFunction = lookupBySystem
): CallWebhook {
	/** The agent knows of the ranges that are named; of the rest of what is not public in IPv6 it lets pass all. */
	function refusalOf(hosts: readonly string[]): Error | null {
		const refused = hosts.find((host) => isOutsidePublic(host) && !isAmong(host, allowed));
		return refused === undefined ? null : new Error(`${refused} is not allowed: it is not public`);
	}

	const publicLookup: LookupFunction = (name, options, tell) =>
		lookup(name, options, (error, found, family) => {
			const hosts = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
			tell(error ?? refusalOf(hosts), found, family);
		});

	return (address, { body, headers, signal }) =>
		new Promise((resolve, reject) => {
			// The scheme of what was kept may be in capitals, and the agent looks at its letters.
			const { href: url, hostname } = new URL(address);
			const refusal = refusalOf([hostname]);
			if (refusal) return reject(refusal);
			const request = url.startsWith('https:') ? requestHttps : requestHttp;
			// Also of who answers a byte at a time.
			const within = AbortSignal.timeout(WITHIN_MS);
			const call = request(url, {
				method: 'POST',
				agent: useAgent(url, { allowIPAddressList: [...allowed] }),
				lookup: publicLookup,
				signal: signal ? AbortSignal.any([signal, within]) : within,
				headers: {
					...headers,
					'content-type': 'application/json',
					'content-length': Buffer.byteLength(body),
					'user-agent': 'Skein-Webhooks/1'
				}
			});
			call.on('error', reject);
			let answered = false;
			call.on('response', (response) => {
				answered = true;
				let bytes = 0;
				response.on('error', reject);
				response.on('data', (chunk: Buffer) => {
					bytes += chunk.length;
					if (bytes > ANSWER_BYTES_MAX) response.destroy();
				});
				response.on('close', () => resolve(response.statusCode ?? 0));
			});
			// Whoever switches to another protocol gives no answer at all; behind a response it changes nothing.
			call.on('close', () => {
				if (!answered) reject(new Error('no answer'));
			});
			call.end(body);
		});
}
