import ipaddr from 'ipaddr.js';

/** True if the host is an address itself, and one of these addresses or in one of these ranges. */
export function isAmong(host: string, addresses: readonly string[]): boolean {
	const bare = host.replace(/^\[|\]$/g, '');
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
