import * as Y from 'yjs';
import { expect, it } from 'vitest';
import { syncTabs } from './tabSync';
import type { DocPersistence, Tabs } from './ports';

/** Tabs of one browser: what one posts, the others hear. */
function createBrowser() {
	const listeners = new Set<{ hear: (message: Uint8Array) => void }>();
	const posted: Uint8Array[] = [];
	const tab = (): Tabs => ({
		join(_topic, hear) {
			const self = { hear };
			listeners.add(self);
			return {
				post: (message) => {
					posted.push(message);
					for (const other of listeners) if (other !== self) other.hear(message);
				},
				leave: () => listeners.delete(self)
			};
		},
		slot: () => Promise.resolve(0),
		isOpen: () => Promise.resolve(true),
		exclusive: (_name, task) => task()
	});
	return { tab, posted };
}

const persistence = (): DocPersistence => ({
	origin: {},
	whenLoaded: Promise.resolve(),
	isRead: true,
	stored: () => Promise.resolve(),
	readAnew: () => Promise.resolve(),
	close: () => Promise.resolve()
});

const RELAY = { provider: true };

const join = (doc: Y.Doc, persistence: DocPersistence, tabs: Tabs) =>
	syncTabs({ room: 'room', doc, persistence, tabs, isFromRelay: (origin) => origin === RELAY });

it('what comes from the relay is not posted: the other tabs hear it from there', () => {
	const { tab, posted } = createBrowser();
	const doc = new Y.Doc();
	join(doc, persistence(), tab());
	posted.length = 0;
	doc.transact(() => doc.getArray('x').push(['from the relay']), RELAY);
	expect(posted).toHaveLength(0);
});

it('what is written in one tab is in the other, and is not stored twice', () => {
	const { tab } = createBrowser();
	const [one, other] = [new Y.Doc(), new Y.Doc()];
	const kept = persistence();
	const origins: unknown[] = [];
	other.on('update', (_update: Uint8Array, origin: unknown) => origins.push(origin));
	join(one, persistence(), tab());
	join(other, kept, tab());
	one.getArray('x').push(['hello']);
	expect(other.getArray('x').toArray()).toEqual(['hello']);
	expect(origins).toEqual([kept.origin]);
});

it('a tab that opens later gets what it lacks and gives what the others lack', () => {
	const { tab } = createBrowser();
	const [one, other] = [new Y.Doc(), new Y.Doc()];
	one.getArray('x').push(['from one']);
	other.getArray('y').push(['from other']);
	join(one, persistence(), tab());
	join(other, persistence(), tab());
	expect(one.getArray('y').toArray()).toEqual(['from other']);
	expect(other.getArray('x').toArray()).toEqual(['from one']);
});

it('tabs do not echo each other', () => {
	const { tab, posted } = createBrowser();
	const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
	for (const doc of docs) join(doc, persistence(), tab());
	posted.length = 0;
	docs[0]!.getArray('x').push(['once']);
	expect(posted).toHaveLength(1);
});

it('a closed tab hears nothing more', () => {
	const { tab } = createBrowser();
	const [one, other] = [new Y.Doc(), new Y.Doc()];
	join(one, persistence(), tab());
	const stop = join(other, persistence(), tab());
	stop();
	one.getArray('x').push(['hello']);
	expect(other.getArray('x').length).toBe(0);
});
