import { expect, it } from 'vitest';
import { createDeviceSyncState, type DeviceSyncStateOptions } from './deviceSyncState';

/** A device on which nothing is open and nothing waits; `changed` is what is not so. */
function stateOf(changed: {
	linked?: 'connecting' | 'offline';
	isTold?: boolean;
	isHomeTold?: boolean;
	left?: number;
	values?: () => [];
	isAsking?: boolean;
	changes?: number;
}): string {
	const room = { status: { at: 'synced' } };
	const options = {
		link: { status: changed.linked ?? 'online' },
		directory: { room, current: { conversations: new Map([['k', {}]]) } },
		home: { isTold: changed.isHomeTold ?? true },
		open: { values: changed.values ?? (() => []) },
		feed: { isTold: changed.isTold ?? true },
		catchUp: { left: changed.left ?? 0 },
		leaving: { isAsking: () => changed.isAsking ?? false },
		unsent: { countIn: (_: string, what?: string) => (what ? (changed.changes ?? 0) : 0) },
		now: () => 1,
		lastSyncedAt: undefined,
		onSynced: () => {}
	};
	return createDeviceSyncState(options as unknown as DeviceSyncStateOptions).current;
}

it('is synced once it is linked, told what changed, and has brought all of it', () => {
	expect(stateOf({})).toBe('synced');
	expect(stateOf({ linked: 'connecting' })).toBe('connecting');
	expect(stateOf({ isHomeTold: false })).toBe('catching-up');
	expect(stateOf({ linked: 'offline' })).toBe('offline');
	expect(stateOf({ left: 1 })).toBe('catching-up');
	expect(stateOf({ isAsking: true })).toBe('catching-up');
	expect(stateOf({ changes: 1 })).toBe('catching-up');
});

it('is not called synced before the relay has said what changed, though its own rooms are in step', () => {
	expect(stateOf({ isTold: false })).toBe('catching-up');
});

it('looks at each open conversation only once nothing else is left: it is asked with every change of any of them', () => {
	let looks = 0;
	const values = (): [] => {
		looks += 1;
		return [];
	};
	stateOf({ left: 999, values });
	expect(looks).toBe(0);
	stateOf({ values });
	expect(looks).toBe(1);
});
