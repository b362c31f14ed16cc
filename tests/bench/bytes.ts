/** Bytes per message: in documents, in this browser's IndexedDB, and on the wire for one that is sent. */
import * as encoding from 'lib0/encoding';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import { encodeLinkFrame } from '../../src/lib/protocol/linkFrames';
import { join } from 'node:path';
import { readdir, stat } from 'node:fs/promises';
import type { BenchLab } from './benchLab';
import { people, saidIn, type HistoryPlan } from './historyPlan';
import { segmentCount, writeSegment } from './historySkein';
import { writeMessage } from '../../src/lib/conversation/messageWrites';
import { writeNaive } from './historyNaive';
import type { FillPlan } from './pages/fill';

export interface BytesPerMessage {
	readonly text: number;
	readonly documents: number;
	readonly indexedDb: number;
	readonly wire: number;
}

const SENT_MESSAGES = 200;
/** The y-websocket message that carries a document's update. */
const MESSAGE_SYNC = 0;

export async function skeinBytes(lab: BenchLab, plan: HistoryPlan, fill: FillPlan): Promise<BytesPerMessage> {
	const count = segmentCount(plan);
	let documents = 0;
	for (let n = 0; n < count; n++) documents += writeSegment(plan, n).update.length;
	const doc = new Y.Doc();
	const wire = sentBytes(
		doc,
		(update) => encodeLinkFrame({ op: 'data', channel: 1, data: update }).length,
		() => {
			let ms = plan.startMs;
			for (const { text } of saidIn(plan, 0, SENT_MESSAGES))
				writeMessage(
					{ doc, segment: 0, self: people[0]!.id, tick: () => ({ ms: (ms += 20_000), counter: 0 }) },
					{ text }
				);
		}
	);
	return {
		text: textBytes(plan, plan.messages),
		documents: documents / plan.messages,
		indexedDb: (await storedBytes(lab, fill)) / plan.messages,
		wire
	};
}

export async function naiveBytes(lab: BenchLab, plan: HistoryPlan, fill: FillPlan): Promise<BytesPerMessage> {
	const doc = new Y.Doc();
	const messages = doc.getArray<Y.Map<unknown>>('messages');
	const wire = sentBytes(
		doc,
		(update) => update.length,
		() => {
			for (const { text, ms: at, author } of saidIn(plan, 0, SENT_MESSAGES))
				messages.push([new Y.Map(Object.entries({ id: crypto.randomUUID(), author: author.id, text, at }))]);
		}
	);
	return {
		text: textBytes(plan, plan.messages),
		documents: writeNaive(plan).length / plan.messages,
		indexedDb: (await storedBytes(lab, fill)) / plan.messages,
		wire
	};
}

/** Of the text alone, in UTF-8, for each message. */
function textBytes(plan: HistoryPlan, count: number): number {
	let sum = 0;
	for (const { text } of saidIn(plan, 0, count)) sum += Buffer.byteLength(text);
	return sum / count;
}

/** What one message puts on the socket, less the few bytes of WebSocket's own frame. */
function sentBytes(doc: Y.Doc, framed: (message: Uint8Array) => number, write: () => void): number {
	let sum = 0;
	doc.on('update', (update: Uint8Array) => {
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, MESSAGE_SYNC);
		syncProtocol.writeUpdate(encoder, update);
		sum += framed(encoding.toUint8Array(encoder));
	});
	write();
	return sum / SENT_MESSAGES;
}

/** In a profile of its own, on disk, once the browser is closed. */
async function storedBytes(lab: BenchLab, fill: FillPlan): Promise<number> {
	const { folder } = await lab.fill(fill);
	const files = await readdir(join(folder, 'Default/IndexedDB'), { recursive: true, withFileTypes: true });
	const sizes = await Promise.all(
		files
			.filter((file) => file.isFile())
			.map(async (file) => (await stat(join(file.parentPath, file.name))).size)
	);
	return sizes.reduce((sum, size) => sum + size, 0);
}
