import { expect, it, vi } from 'vitest';
import { createEmitter } from '../sync/emitter';
import type { DeviceChange } from '../sync/device';
import { follow } from './following';

function setup() {
	const changed = createEmitter<DeviceChange | void>();
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

it('computes again for what is typed only what shows it', () => {
	const { changed, following, get, read } = setup();
	const shown = vi.fn(() => ({}));
	const getTyped = following.typed.once(shown);
	get();
	getTyped();
	changed.emit('typed');
	get();
	getTyped();
	expect(read).toHaveBeenCalledOnce();
	expect(shown).toHaveBeenCalledTimes(2);
	changed.emit();
	get();
	getTyped();
	expect(read).toHaveBeenCalledTimes(2);
	expect(shown).toHaveBeenCalledTimes(3);
});
