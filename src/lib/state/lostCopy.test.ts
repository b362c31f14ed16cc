import { expect, it } from 'vitest';
import { createEmitter } from '../sync/emitter';
import { followUnsent, forgetUnsent, unsentLost } from './lostCopy';

function browser() {
	const kept = new Map<string, string>();
	const storage = {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => void kept.set(key, value),
		removeItem: (key: string) => void kept.delete(key)
	} as Storage;
	const changed = createEmitter();
	const self = { id: 'u1', username: 'alice', displayName: 'Alice' };
	const device = { self, unsent: 0, lastSyncedAt: undefined as number | undefined, onChange: changed.on };
	const write = (unsent: number) => {
		device.unsent = unsent;
		changed.emit();
	};
	return { storage, kept, device, write };
}

it('tells how many messages went with a copy that the browser lost', () => {
	const { storage, device, write } = browser();
	followUnsent(device, storage);
	write(3);
	expect(unsentLost({ ...device, unsent: 0 }, storage)).toBe(3);
});

it('tells of no loss while the copy is there, nor when all had been sent', () => {
	const { storage, device, write, kept } = browser();
	followUnsent(device, storage);
	write(3);
	expect(unsentLost(device, storage)).toBe(0);
	expect(unsentLost({ ...device, unsent: 0, lastSyncedAt: 1 }, storage)).toBe(0);
	write(0);
	expect(kept.size).toBe(0);
	expect(unsentLost(device, storage)).toBe(0);
});

it('tells nothing to whoever logs in after the account was taken off this browser', () => {
	const { storage, device, write } = browser();
	followUnsent(device, storage);
	write(2);
	forgetUnsent('u1', storage);
	expect(unsentLost({ ...device, unsent: 0 }, storage)).toBe(0);
});
