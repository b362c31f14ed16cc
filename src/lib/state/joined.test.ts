import { expect, it } from 'vitest';
import { joined } from './joined';

it('joins objects and leaves their getters getters', () => {
	let count = 0;
	const whole = joined(
		{
			get count() {
				return count;
			}
		},
		{ name: 'Kelp survey' }
	);
	expect(whole).toMatchObject({ count: 0, name: 'Kelp survey' });
	count = 2;
	expect(whole.count).toBe(2);
});
