import { expect, it, vi } from 'vitest';
import { MadeOnce } from './madeOnce';

it('makes what is asked for once, however many ask at the same moment', async () => {
	const made = new MadeOnce();
	const make = vi.fn(async () => ({}));
	const [one, two] = await Promise.all([made.get('page', make), made.get('page', make)]);
	expect(one).toBe(two);
	expect(await made.get('page', make)).toBe(one);
	expect(make).toHaveBeenCalledOnce();
	expect(await made.get('other', make)).not.toBe(one);
});

it('makes again what could not be made', async () => {
	const made = new MadeOnce();
	const make = vi.fn(async () => 'page').mockRejectedValueOnce(new Error('no'));
	await expect(made.get('page', make)).rejects.toThrow('no');
	expect(await made.get('page', make)).toBe('page');
});
