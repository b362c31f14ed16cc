import { expect, test } from 'vitest';
import { ALICE, BOB } from './cast.fixture';
import { RoomLedger } from './roomLedger';
import type { Channel } from './channel';
import type { Outgoing } from './outgoing';
import type { UserId } from '../src/lib/domain/ids';

function setUp() {
	const ledger = new RoomLedger({
		committer: { add: () => {}, remove: () => {} },
		channels: new Set(),
		owners: () => (client) => (client === 1 ? ALICE : BOB),
		now: () => 0,
		charge: () => {},
		onCommitted: () => {},
		onFailed: () => {}
	});
	ledger.reset(
		new Map([
			[1, 4],
			[2, 6]
		])
	);
	const channelOf = (userId: UserId) => {
		const told: Outgoing[] = [];
		// Of a channel it uses these alone.
		const channel = { userId, send: (message: Outgoing) => told.push(message) } as unknown as Channel;
		return { channel, told };
	};
	return { ledger, channelOf };
}

test('channels of one user that are greeted behind one commit share their first vector, and users do not', () => {
	const { ledger, channelOf } = setUp();
	const [phone, laptop, tablet, bob] = [ALICE, ALICE, ALICE, BOB].map(channelOf);
	ledger.stage({ room: 'r', update: new Uint8Array([0, 0]) }, new Map([[1, 6]]), phone!.channel);
	ledger.afterCommit((batch) => {
		for (const { channel } of [phone!, laptop!, tablet!, bob!]) batch.welcomed.add(channel);
		// What it wrote itself is not in its own first vector.
		batch.oweAck(phone!.channel, [1]);
	});
	ledger.takeStaged();
	ledger.committed();
	expect(laptop!.told).toHaveLength(1);
	expect(tablet!.told[0]).toBe(laptop!.told[0]);
	expect(bob!.told[0]).not.toBe(laptop!.told[0]);
	expect(phone!.told).toHaveLength(2);
	expect(phone!.told[0]).not.toBe(laptop!.told[0]);
});
