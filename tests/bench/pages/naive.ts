/** The naive arm: one Y.Doc, a Y.Map for each message, y-indexeddb as it comes. */
import * as Y from 'yjs';
import { IndexeddbPersistence } from 'y-indexeddb';
import {
	drawList,
	drawMessages,
	LINKS_AT_FIRST,
	painted,
	sendByKey,
	watchFrames,
	type Frames,
	type Keypress,
	type Opening,
	type PaintedMessage
} from './paint';
import { ROWS_AT_FIRST } from '../../../src/lib/state/rowWindow';

const ready = performance.now();

let doc: Y.Doc | undefined;
let sent: readonly Keypress[] = [];
const rows = new Map<string, PaintedMessage>();

const messagesOf = (of: Y.Doc): Y.Array<Y.Map<unknown>> => of.getArray<Y.Map<unknown>>('messages');

function draw(): void {
	const last = messagesOf(doc!).toArray().slice(-ROWS_AT_FIRST);
	const shown = last.map((message): PaintedMessage => {
		const id = message.get('id') as string;
		const row = rows.get(id) ?? {
			id,
			authorName: message.get('author') as string,
			text: message.get('text') as string,
			at: message.get('at') as number
		};
		rows.set(id, row);
		return row;
	});
	drawMessages(shown);
}

async function openDoc(name: string): Promise<Y.Doc> {
	const opened = new Y.Doc();
	await new IndexeddbPersistence(name, opened).whenSynced;
	return opened;
}

async function open(name: string): Promise<Opening> {
	const start = performance.now();
	doc = await openDoc(name);
	draw();
	const end = await painted();
	messagesOf(doc).observe(() => queueMicrotask(draw));
	return { navigation: ready, open: end - start, shown: document.querySelectorAll('article').length };
}

/** Reads a document and draws nothing. */
async function read(name: string): Promise<Opening> {
	const start = performance.now();
	await openDoc(name);
	const end = await painted();
	return { navigation: ready, open: end - start, shown: 0 };
}

function send(text: string): void {
	const message = new Y.Map<unknown>(
		Object.entries({ id: crypto.randomUUID(), author: 'reader', text, at: Date.now() })
	);
	messagesOf(doc!).push([message]);
}

/** What others wrote meanwhile arrives as one update, which is how a stock provider brings it. */
async function receive(url: string): Promise<Frames> {
	const update = new Uint8Array(await (await fetch(url)).arrayBuffer());
	await painted();
	return watchFrames(Promise.resolve().then(() => Y.applyUpdate(doc!, update, 'elsewhere')));
}

/** The list needs the last message of each, which only its document knows. */
async function openList(names: readonly string[]): Promise<Opening> {
	const start = performance.now();
	const docs = await Promise.all(names.map(openDoc));
	drawList(
		docs.slice(0, LINKS_AT_FIRST).map((each, i) => ({
			id: names[i]!,
			name: names[i]!,
			last: messagesOf(each).toArray().at(-1)?.get('text') as string
		}))
	);
	const end = await painted();
	return { navigation: ready, open: end - start, shown: document.querySelectorAll('a').length };
}

const bench = {
	open,
	read,
	openList,
	receive,
	startSending: () => void (sent = sendByKey(send)),
	sent: () => sent
};
export type NaiveBench = typeof bench;
Object.assign(window, { bench });
