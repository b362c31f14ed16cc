import { expect, it } from 'vitest';
import { CallTurns } from './callTurns';

/** Calls that end when told to, and the names of those that are on their way. */
function calls(turns: CallTurns) {
	const under: { readonly name: string; readonly end: () => void }[] = [];
	const make = (maker: string, name: string) =>
		turns.run(maker, () => new Promise<void>((end) => under.push({ name, end })));
	const end = async (name: string) => {
		const [ended] = under.splice(
			under.findIndex((call) => call.name === name),
			1
		);
		ended?.end();
		await Promise.resolve();
	};
	return { make, end, names: () => under.map(({ name }) => name) };
}

const settled = (names: () => string[], expected: string[]) => expect.poll(names).toEqual(expected);

it('one maker’s slow receivers keep no other maker waiting', async () => {
	const { make, names } = calls(new CallTurns({ most: 4, mostOfOne: 2 }));
	for (const n of [1, 2, 3, 4, 5]) void make('mallory', `m${n}`);
	void make('alice', 'a1');
	await settled(names, ['m1', 'm2', 'a1']);
});

it('makers have their turn round about, each in the order of their calls', async () => {
	const { make, end, names } = calls(new CallTurns({ most: 1, mostOfOne: 1 }));
	for (const n of [1, 2, 3]) void make('mallory', `m${n}`);
	for (const n of [1, 2]) void make('alice', `a${n}`);
	const order: string[] = [];
	for (let n = 0; n < 5; n++) {
		await expect.poll(() => names().length).toBe(1);
		const [name = ''] = names();
		order.push(name);
		await end(name);
	}
	expect(order).toEqual(['m1', 'm2', 'a1', 'm3', 'a2']);
	await settled(names, []);
});

it('a call that fails makes room, too', async () => {
	const turns = new CallTurns({ most: 1, mostOfOne: 1 });
	const failing = turns.run('alice', () => Promise.reject(new Error('refused')));
	const next = turns.run('alice', async () => 'told');
	await expect(failing).rejects.toThrow('refused');
	expect(await next).toBe('told');
});
