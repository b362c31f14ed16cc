import { expect, it, vi } from 'vitest';
import { createEmitter } from '../sync/emitter';
import { follow } from './following';

function setup() {
	const changed = createEmitter();
	const before = vi.fn();
	const following = follow({ onChange: changed.on }, before);
	const read = vi.fn(() => ({}));
	return { changed, following, before, read, get: following.once(read) };
}

it('computes once between two changes, however often it is read', () => {
	const { changed, get, read } = setup();
	const first = get();
	expect(get()).toBe(first);
	changed.emit();
	expect(get()).not.toBe(first);
	expect(read).toHaveBeenCalledTimes(2);
});

it('computes again after a move that the device does not tell of', () => {
	const { following, get } = setup();
	const first = get();
	following.moved();
	expect(get()).not.toBe(first);
});

it('hears of a change before those who read', () => {
	const { changed, before, get } = setup();
	get();
	before.mockImplementation(() => get());
	changed.emit();
	const after = get();
	expect(before).toHaveBeenCalledOnce();
	expect(get()).toBe(after);
});

it('holds nothing once it is closed', () => {
	const { changed, following, get, before } = setup();
	following.close();
	expect(get()).not.toBe(get());
	changed.emit();
	expect(before).not.toHaveBeenCalled();
});
