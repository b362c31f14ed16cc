/**
 * Seconds until the same may be asked again, by the answer's Retry-After (RFC 9110, 10.2.3); undefined if it says none. A
 * date counts from the answer's own: this device's clock may be wrong.
 */
export function readRetryAfter(headers: Pick<Headers, 'get'>): number | undefined {
	const said = headers.get('retry-after')?.trim();
	if (!said) return undefined;
	if (/^\d+$/.test(said)) return Number(said);
	const seconds = (Date.parse(said) - Date.parse(headers.get('date') ?? '')) / 1_000;
	return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
