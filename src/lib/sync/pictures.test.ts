import { describe, expect, it } from 'vitest';
import { createPictures } from './pictures';
import { memoryPictureCache } from './memoryStorage';
import type { Answer } from './answer';

/** A server whose answers a test gives, in the order in which pictures were asked for. */
function server() {
	const asked: { name: string; answer: (answer: Answer<Blob>) => void }[] = [];
	const picture = (name: string) =>
		new Promise<Answer<Blob>>((answer) => {
			asked.push({ name, answer });
		});
	return { asked, api: { picture } };
}

const has = (value: Blob): Answer<Blob> => ({ ok: true, value });
const refuses = (status: number): Answer<Blob> => ({ ok: false, status, code: 'x', message: '' });
const blob = (text: string) => new Blob([text], { type: 'image/webp' });

function open(cache = memoryPictureCache()) {
	const { asked, api } = server();
	let minted = 0;
	const pictures = createPictures({ cache, api, mintId: () => String(minted++) });
	const arrives = () => new Promise<void>((resolve) => pictures.onChange(resolve));
	return { pictures, asked, arrives, cache };
}

describe('a picture', () => {
	it('is fetched once, though many ask for it, and kept', async () => {
		const { pictures, asked, arrives, cache } = open();
		expect([pictures.get('a'), pictures.get('a')]).toEqual([undefined, undefined]);
		await expect.poll(() => asked.length).toBe(1);
		const arrived = arrives();
		asked[0]!.answer(has(blob('one')));
		await arrived;
		expect(await pictures.get('a')?.text()).toBe('one');
		await expect.poll(() => cache.names()).toEqual(['a']);
		expect(asked).toHaveLength(1);
	});

	it('that is kept is not fetched again after a restart', async () => {
		const cache = memoryPictureCache();
		await cache.put('a', blob('one'));
		const { pictures, asked, arrives } = open(cache);
		const arrived = arrives();
		pictures.get('a');
		await arrived;
		expect(await pictures.get('a')?.text()).toBe('one');
		expect(asked).toEqual([]);
	});

	it('that could not be fetched comes with the next connection', async () => {
		const { pictures, asked, arrives } = open();
		pictures.get('a');
		await expect.poll(() => asked.length).toBe(1);
		asked[0]!.answer(refuses(0));
		await expect
			.poll(() => {
				pictures.get('a');
				pictures.resume();
				return asked.length;
			})
			.toBe(2);
		const arrived = arrives();
		asked[1]!.answer(has(blob('one')));
		await arrived;
		expect(await pictures.get('a')?.text()).toBe('one');
	});

	it('that is gone from the server is not asked for again', async () => {
		const { pictures, asked, arrives } = open();
		pictures.get('gone');
		pictures.get('a');
		await expect.poll(() => asked.length).toBe(2);
		asked[0]!.answer(refuses(404));
		const arrived = arrives();
		asked[1]!.answer(has(blob('one')));
		await arrived;
		pictures.resume();
		pictures.get('gone');
		expect(asked).toHaveLength(2);
	});

	it('waits for its turn: four are fetched at once', async () => {
		const { pictures, asked, arrives } = open();
		for (const name of 'abcdef') pictures.get(name);
		await expect.poll(() => asked.length).toBe(4);
		const arrived = arrives();
		asked[0]!.answer(has(blob('one')));
		await arrived;
		await expect.poll(() => asked.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
	});

	it('that was made here is shown under a name of its own, also after a restart', async () => {
		const { pictures, cache } = open();
		const { name, bytes, type } = await pictures.take(blob('mine'));
		expect([new TextDecoder().decode(bytes), type]).toEqual(['mine', 'image/webp']);
		expect(await pictures.get(name)?.text()).toBe('mine');
		const again = open(cache);
		const arrived = again.arrives();
		again.pictures.get(name);
		await arrived;
		expect(await again.pictures.get(name)?.text()).toBe('mine');
	});
});

it('of a thousand kept pictures those go first that are not shown', async () => {
	const cache = memoryPictureCache();
	for (let i = 0; i < 1_000; i++) await cache.put(`old${i}`, blob('old'));
	const { pictures, asked } = open(cache);
	pictures.get('old0');
	pictures.get('new');
	await expect.poll(() => asked.length).toBe(1);
	asked[0]!.answer(has(blob('new')));
	await expect.poll(() => cache.names()).toHaveLength(1_000);
	const kept = await cache.names();
	expect([kept.includes('old0'), kept.includes('old1'), kept.includes('new')]).toEqual([true, false, true]);
});
