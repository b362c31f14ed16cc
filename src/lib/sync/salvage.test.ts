import * as Y from 'yjs';
import { expect, it } from 'vitest';
import { appendEntries } from '../conversation/log';
import { Clock } from '../domain/clock';
import { createEmitter } from './emitter';
import { encodeMessageBody } from '../domain/bodies';
import { KIND } from '../domain/entry';
import { noTabs } from './tabs';
import { openSegmentSync } from './segmentSync';
import { salvageFacts } from './salvageFacts';
import { salvageSegments } from './salvage';
import { readFacts, writeFacts } from '../conversation/factDocument';
import type { RoomSync } from './roomSync';
import type { VersionVector } from '../domain/versionVector';

const ALICE = 'a'.repeat(16);
const MONTH_MS = 30 * 86_400_000;
const RELAY_MS = 1_000_000;

/** A room of which the relay has what is acked. */
const roomOf = (name: string, doc: Y.Doc, acked: VersionVector = new Map()): RoomSync =>
	// What salvage asks of a room; the rest of one is its connection.
	({
		room: name,
		doc,
		whenLoaded: Promise.resolve(),
		acked,
		stored: () => Promise.resolve(),
		readAnew: () => Promise.resolve(),
		onChange: createEmitter().on
	}) as unknown as RoomSync;

it('what several rooms are refused at one moment is written again under stamps that are all different', async () => {
	const clock = new Clock(() => RELAY_MS + MONTH_MS);
	const segments = [0, 1].map((n) => {
		const doc = new Y.Doc();
		for (const text of ['one', 'two'])
			appendEntries(doc, ALICE, [
				{ kind: KIND.message, stamp: clock.tick(), body: encodeMessageBody({ text }) }
			]);
		return openSegmentSync({ n, self: ALICE, room: roomOf(`c/x/${n}`, doc) });
	});
	const home = new Y.Doc();
	writeFacts(home, ALICE, new Map([['setting/look', 'dark']]), () => clock.tick());

	const options = { self: ALICE, clock, relayMs: RELAY_MS, tabs: noTabs, onRenamed: () => {} };
	await salvageSegments([...segments][0]!, segments, options);
	await salvageFacts(roomOf('home/alice', home), options);

	const messages = segments.flatMap(({ entries }) => entries.filter(({ body }) => body));
	const facts = [...readFacts(home)].map(([, fact]) => fact);
	const stamps = [...messages, ...facts].map(({ stamp: { ms, counter } }) => [ms, counter]);
	expect(stamps).toEqual([0, 1, 2, 3, 4].map((counter) => [RELAY_MS, counter]));
});

it('a fact that the relay has taken stands as it was, however far ahead it claims to be', async () => {
	const clock = new Clock(() => RELAY_MS + MONTH_MS);
	const home = new Y.Doc();
	writeFacts(home, ALICE, new Map([['setting/look', 'dark']]), () => clock.tick());
	const acked: VersionVector = new Map([[home.clientID, Y.getState(home.store, home.clientID)]]);
	const before = Y.encodeStateAsUpdate(home);
	await salvageFacts(roomOf('home/alice', home, acked), {
		self: ALICE,
		clock,
		relayMs: RELAY_MS,
		tabs: noTabs
	});
	expect(Y.encodeStateAsUpdate(home)).toEqual(before);
});
