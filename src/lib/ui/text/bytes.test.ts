import { expect, it } from 'vitest';
import { bytes } from './bytes';

it.each([
	[0, '0 byte'],
	[999, '999 byte'],
	[1_000, '1 kB'],
	[3_140_000, '3.1 MB'],
	[31_400_000, '31 MB'],
	[1_200_000_000, '1.2 GB'],
	[2e16, '20,000 TB']
])('%d bytes are %s', (n, said) => {
	expect(bytes(n, 'en')).toBe(said);
});
