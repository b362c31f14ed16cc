import { expect, test } from 'vitest';
import { HeldDocument } from './heldDocument';
import { MintedClients } from './mintedClients';
import { ROOM } from './cast.fixture';
import { memoryRoomStore } from './memoryRoomStore';
import type { RoomStore } from './roomStore';

test('a load that fails behind one that was begun later ends nothing: the later one counts', async () => {
	let fail: ((error: Error) => void) | undefined;
	const inner = memoryRoomStore();
	const told: string[] = [];
	const held = new HeldDocument({
		store: {
			...inner,
			read: (...asked: Parameters<RoomStore['read']>) => {
				if (fail) return inner.read(...asked);
				return new Promise((_resolve, reject) => (fail = reject));
			}
		},
		health: { roomFailed: () => told.push('failed'), roomRead: () => told.push('read') },
		room: ROOM,
		now: () => 0,
		randomBytes: (count: number) => new Uint8Array(count),
		log: { error: () => {}, warn: () => {}, info: () => {} },
		minted: new MintedClients(),
		nextPiece: async () => {},
		elapsedMs: () => 0,
		onRead: () => undefined,
		onReady: () => told.push('ready'),
		onUnreadable: () => told.push('unreadable')
	} as unknown as ConstructorParameters<typeof HeldDocument>[0]);
	await expect.poll(() => fail).toBeDefined();
	held.reload();
	fail!(new Error('the disk is away'));
	await held.use(() => {});
	await new Promise(setImmediate);
	expect(told).toEqual(['read', 'ready']);
	expect(held.current).toBeDefined();
});
