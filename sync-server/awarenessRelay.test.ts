import { expect, test } from 'vitest';
import { ALICE, BOB } from './cast.fixture';
import { AwarenessRelay } from './awarenessRelay';
import { decodeSyncMessage } from './syncMessages';
import { ManualTimers } from './manualTimers.fixture';
import { writeStates } from './awareness';
import * as decoding from 'lib0/decoding';
import type { Channel } from './channel';
import type { Outgoing } from './outgoing';

/** Who speaks at once: channels of two users, as many as may. */
const SPEAKERS = 64;
const LONG_STATE = JSON.stringify({ text: 'x'.repeat(3_900) });

function clientsIn(messages: readonly Outgoing[]): number[] {
	return messages.flatMap(({ bytes }) => {
		const message = decodeSyncMessage(bytes);
		if (message?.type !== 'awareness') return [];
		const decoder = decoding.createDecoder(message.payload);
		return Array.from({ length: decoding.readVarUint(decoder) }, () => {
			const client = decoding.readVarUint(decoder);
			decoding.readVarUint(decoder);
			decoding.readVarString(decoder);
			return client;
		});
	});
}

test('where many speak at once each hears all others, and what is put together is little more than what was said', () => {
	const timers = new ManualTimers();
	const heard = new Map<Channel, Outgoing[]>();
	const speakers = Array.from({ length: SPEAKERS }, (_, i) => {
		const told: Outgoing[] = [];
		// Of a channel it uses these alone.
		const channel = {
			userId: i % 2 === 0 ? ALICE : BOB,
			send: (message: Outgoing) => told.push(message)
		} as unknown as Channel;
		heard.set(channel, told);
		return channel;
	});
	const relay = new AwarenessRelay({
		channels: new Set(speakers),
		timers,
		elapsedMs: () => 0,
		gatherMs: 100,
		charge: () => {}
	});
	const states = speakers.map((_, client) => ({ client, clock: 1, json: LONG_STATE }));
	for (const [i, speaker] of speakers.entries())
		relay.receive(speaker, writeStates([states[i]!]), () => undefined);
	timers.advance(100);
	for (const [i, speaker] of speakers.entries()) {
		const others = states.map(({ client }) => client).filter((client) => client !== i);
		expect(clientsIn(heard.get(speaker)!)).toEqual(others);
	}
	const made = new Set([...heard.values()].flat());
	const bytes = [...made].reduce((sum, message) => sum + message.bytes.length, 0);
	expect(bytes).toBeLessThan(4 * writeStates(states).length);
});
