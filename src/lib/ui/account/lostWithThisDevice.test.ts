import { expect, it } from 'vitest';
import { lostWithThisDevice } from './lostWithThisDevice';

const appWith = (unsent: number, salvaged: number, queued: number, changes = 0) =>
	({
		sync: { unsent, changes },
		conversations: [],
		salvaged: Array.from({ length: salvaged }),
		queued: Array.from({ length: queued })
		// What else an app has is not asked here.
	}) as unknown as Parameters<typeof lostWithThisDevice>[0];

it('what waits leaves by itself, and what can never be sent does not', () => {
	const told = [appWith(1, 0, 0), appWith(0, 0, 1), appWith(0, 1, 0), appWith(1, 1, 0), appWith(0, 0, 0)].map(
		(app) => lostWithThisDevice(app)
	);
	expect(told.map(({ leaves, stays }) => [leaves, stays])).toEqual([
		[true, false],
		[true, false],
		[false, true],
		[true, true],
		[false, false]
	]);
});

it('a deletion, reaction or pin that the others have not heard of is a change that goes with this device, and no message', () => {
	expect(lostWithThisDevice(appWith(1, 0, 1, 1))).toMatchObject({ unsent: 1, queued: 2, any: true });
	expect(lostWithThisDevice(appWith(0, 0, 0, 1))).toMatchObject({
		unsent: 0,
		queued: 1,
		any: true,
		leaves: true
	});
});

it('what was cancelled too late, perhaps, is a change that goes with this device: its deletion', () => {
	expect(lostWithThisDevice(appWith(0, 0, 0), { deletions: 1 })).toMatchObject({
		queued: 1,
		any: true,
		leaves: true
	});
});
