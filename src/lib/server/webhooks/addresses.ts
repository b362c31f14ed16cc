import ipaddr from 'ipaddr.js';

/**
 * All that is public in IPv6 (IANA's registry of its address space; RFC 4291, 2.4). What lies outside means nothing, or an
 * address of another kind, as `::127.0.0.1` does.
 */
const PUBLIC_IPV6 = ipaddr.parseCIDR('2000::/3');

/** One that leads to an address of IPv4 within a site (RFC 5214, 6.1). */
const isWithinSite = ({ parts: [, , , , kind = 0, mark] }: ipaddr.IPv6): boolean =>
	(kind & ~0x0200) === 0 && mark === 0x5efe;

const bareOf = (host: string): string => host.replace(/^\[|\]$/g, '');

/** True if the host is an address itself, of IPv6 and outside of what is public there. */
export function isOutsidePublic(host: string): boolean {
	const bare = bareOf(host);
	if (!ipaddr.IPv6.isValid(bare)) return false;
	const address = ipaddr.IPv6.parse(bare);
	return !address.match(PUBLIC_IPV6) || isWithinSite(address);
}

/** True if the host is an address itself, and one of these addresses or in one of these ranges. */
export function isAmong(host: string, addresses: readonly string[]): boolean {
	const bare = bareOf(host);
	if (!ipaddr.isValid(bare)) return false;
	const address = ipaddr.process(bare);
	return addresses.some((allowed) => {
		const [range, bits] = ipaddr.isValidCIDR(allowed)
			? ipaddr.parseCIDR(allowed)
			: [ipaddr.process(allowed), undefined];
		if (range.kind() !== address.kind()) return false;
		return address.match(range, bits ?? (range.kind() === 'ipv4' ? 32 : 128));
	});
}
