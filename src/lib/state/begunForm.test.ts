import { expect, it } from 'vitest';
import { BegunForm, forgetBegunForms } from './begunForm';

/** As a window keeps it: its keys are its own properties. */
function createStorage(entries: Record<string, string> = {}): Storage {
	const storage = { ...entries };
	Object.defineProperties(storage, {
		getItem: { value: (key: string) => storage[key] ?? null },
		setItem: { value: (key: string, value: string) => (storage[key] = value), writable: true },
		removeItem: { value: (key: string) => delete storage[key] }
	});
	return storage as unknown as Storage;
}

const BEGIN = { name: 'Ada', chosen: [] as { id: string }[] };

it('what was typed is there again in the form of that name, until it was sent', () => {
	const storage = createStorage();
	const form = () => new BegunForm<typeof BEGIN>('begin', storage);
	form().keep({ name: 'Ada L', chosen: [{ id: 'b' }] });
	expect(form().over(BEGIN)).toEqual({ name: 'Ada L', chosen: [{ id: 'b' }] });
	expect(new BegunForm<typeof BEGIN>('profile', storage).over(BEGIN)).toEqual(BEGIN);
	form().keep(undefined);
	expect(form().over(BEGIN)).toEqual(BEGIN);
});

it('what another version kept in another form is left out, and what is no JSON too', () => {
	const kept = (text: string) =>
		new BegunForm<typeof BEGIN>('begin', createStorage({ 'skein.begun/begin': text })).over(BEGIN);
	expect(kept('{"name":7,"chosen":{"id":"b"},"other":1}')).toEqual(BEGIN);
	expect(kept('{"name":"Ada L","chosen":null}')).toEqual({ ...BEGIN, name: 'Ada L' });
	for (const text of ['{', 'null', '7']) expect(kept(text)).toEqual(BEGIN);
});

it('who leaves the account leaves nothing of it in the window', () => {
	const storage = createStorage({ 'sveltekit:scroll': '1' });
	new BegunForm<typeof BEGIN>('begin', storage).keep({ name: 'Ada L', chosen: [] });
	forgetBegunForms(storage);
	expect(Object.keys(storage)).toEqual(['sveltekit:scroll']);
});

it('a window that may keep nothing, or has no space, loses only what a reload would', () => {
	const full = createStorage();
	full.setItem = () => {
		throw new DOMException('full', 'QuotaExceededError');
	};
	for (const storage of [undefined, full]) {
		const form = new BegunForm<typeof BEGIN>('begin', storage);
		form.keep({ name: 'Ada L', chosen: [] });
		expect(form.over(BEGIN)).toEqual(BEGIN);
	}
	forgetBegunForms(undefined);
});
