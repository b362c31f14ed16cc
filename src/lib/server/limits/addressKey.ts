import ipaddr from 'ipaddr.js';

/** Some proxies write the port behind the address: another one with each connection. */
const withoutPort = (address: string): string =>
	(/^\[(.+)\](?::\d+)?$/.exec(address) ?? /^([\d.]+):\d+$/.exec(address))?.[1] ?? address;

/** What an address is counted by: an IPv4 address as it is; of IPv6 the /64, which is what one customer has at least. */
export function addressKey(given: string): string {
	const address = withoutPort(given);
	if (!ipaddr.isValid(address)) return address;
	const parsed = ipaddr.process(address);
	if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
	const network = parsed.parts.slice(0, 4).map((part) => part.toString(16));
	return `${network.join(':')}::/64`;
}
