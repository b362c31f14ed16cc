import * as Y from 'yjs';
import { logsOf } from '../../src/lib/conversation/log';
import { parseLogName } from '../../src/lib/domain/entry';
import { RoomLogs } from '../../sync-server/roomLogs';
import { Sieve } from '../../sync-server/storedUpdates';

const bytesOf = (doc: Y.Doc, name: string): string =>
	doc
		.getArray<Uint8Array>(name)
		.toArray()
		.map((bytes) => Buffer.from(bytes).toString('hex'))
		.join();

/** Entries in logs of others than `honest` wrote. */
export const entriesBeside = (doc: Y.Doc, honest: Y.Doc): number =>
	[...Y.decodeStateVector(Y.encodeStateVector(doc))]
		.filter(([client]) => Y.getState(honest.store, client) === 0)
		.reduce((sum, [, clock]) => sum + clock / 2, 0);

/**
 * What is wrong with a room's document, in words: its logs of `victim` must be those of `honest`, the others those of
 * `members`; it must be readable when it is stored, hold whole entries, and wait for nothing.
 */
export function problemsOf(doc: Y.Doc, honest: Y.Doc, victim: string, members: readonly string[]): string[] {
	const problems: string[] = [];
	for (const name of new Set([...doc.share.keys(), ...honest.share.keys()])) {
		const log = parseLogName(name);
		if (!log || !members.includes(log.author)) problems.push(`a root ${JSON.stringify(name)}`);
		else if (log.author === victim && bytesOf(doc, name) !== bytesOf(honest, name))
			problems.push(`the log ${name} is not what its author wrote`);
	}
	const { pendingStructs, pendingDs } = doc.store;
	if (pendingStructs || pendingDs) problems.push('something is pending');
	const names = new Set(logsOf(doc).map(({ client }) => client));
	for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
		if (clock % 2 !== 0) problems.push(`the log of ${client} ends on half an entry`);
		if (!names.has(client)) problems.push(`the log of ${client} has no root`);
	}
	const stored = Y.encodeStateAsUpdate(doc);
	const { sound, poison } = new Sieve().take([stored]);
	for (const { reason } of poison) problems.push(`what is stored cannot be read: ${reason}`);
	const logs = new RoomLogs();
	if (problems.length === 0) for (const update of sound) logs.apply(update);
	return problems;
}
