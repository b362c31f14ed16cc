import { expect, it } from 'vitest';
import { addressKey } from './addressKey';

it.each([
	['203.0.113.7', '203.0.113.7'],
	['::ffff:203.0.113.7', '203.0.113.7'],
	['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
	['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
	['203.0.113.7:50123', '203.0.113.7'],
	['[2001:db8:1:2::9]:50123', '2001:db8:1:2::/64'],
	['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
	['elsewhere', 'elsewhere']
])('%s is counted as %s', (address, key) => expect(addressKey(address)).toBe(key));
