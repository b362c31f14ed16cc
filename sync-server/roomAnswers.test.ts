import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { RoomAnswers, type RoomAnswersOptions } from './roomAnswers';
import { SMALL_VECTOR_BYTES } from './limits';
import type { Channel } from './channel';
import type { RoomDocument } from './roomDocument';

test('of a large question is kept what it says of logs that are here', () => {
	// Of these it uses what is here alone.
	const answers = new RoomAnswers({} as unknown as RoomAnswersOptions);
	const here = new Set([7, 8]);
	const document = { state: (client: number) => (here.has(client) ? 3 : 0) } as unknown as RoomDocument;
	const kept: Uint8Array[] = [];
	const channel = { ask: (vector: Uint8Array) => kept.push(vector) } as unknown as Channel;
	const asked = new Map(Array.from({ length: 5_000 }, (_, client) => [client, 2]));
	const vector = Y.encodeStateVector(asked);
	expect(vector.length).toBeGreaterThan(SMALL_VECTOR_BYTES);
	answers.ask(channel, vector, document);
	expect(kept.map((one) => Y.decodeStateVector(one))).toEqual([
		new Map([...here].map((client) => [client, 2]))
	]);
});
