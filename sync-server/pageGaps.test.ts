/** What was erased, looked for in every byte of the database's files, whatever SQLite has moved meanwhile. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { seededRandom, type Random } from '../tests/load/seededRandom';
import { sqliteRoomStore } from './sqliteRoomStore';

const NOW = 1_700_000_000_000;
const NAME_CHARACTERS = 30;

/** Rooms with texts that each stand in an update of their own, until `rewrite` puts what is not erased of them together. */
class TextsOnDisk {
	readonly #file: string;
	readonly #database: Database.Database;
	readonly #random: Random;
	readonly #rooms = new Map<string, { through: number; texts: string[] }>();
	readonly #erased = new Set<string>();
	#count = 0;

	constructor(seed: number) {
		const folder = mkdtempSync(join(tmpdir(), 'skein-gaps-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		this.#file = join(folder, 'skein.db');
		this.#database = new Database(this.#file);
		onTestFinished(() => void this.#database.close());
		this.#random = seededRandom(seed);
	}

	open = () => sqliteRoomStore(this.#database, () => NOW);

	async say(store: ReturnType<typeof sqliteRoomStore>, rooms: number, timesMax: number): Promise<void> {
		const batch = Array.from({ length: 200 }, () => {
			const room = `c/${this.#random.below(rooms)}/0`;
			const name = `text ${this.#count++} `.padEnd(NAME_CHARACTERS, '.');
			return { room, text: name.repeat(1 + this.#random.below(timesMax)) };
		});
		const last = await store.append(
			batch.map(({ room, text }) => ({ room, update: Buffer.from(`${text}|`) }))
		);
		batch.forEach(({ room, text }, i) => {
			const { texts } = this.#rooms.get(room) ?? { texts: [] };
			this.#rooms.set(room, { through: last - batch.length + 1 + i, texts: [...texts, text] });
		});
	}

	/** Erases some texts of some rooms. */
	rewrite() {
		const some = [...this.#rooms].filter(() => this.#random.next() < 0.5);
		return some.map(([room, { through, texts }]) => {
			const kept = texts.filter((text) => {
				const isKept = this.#random.next() < 0.85;
				if (!isKept) this.#erased.add(text.slice(0, NAME_CHARACTERS));
				return isKept;
			});
			this.#rooms.set(room, { through, texts: kept });
			return { room, through, update: Buffer.from(kept.map((text) => `${text}|`).join('')) };
		});
	}

	/** As a relay does that is killed before it looks at what SQLite has moved. */
	rewriteAndDie(): void {
		for (const { room, through, update } of this.rewrite()) {
			this.#database.prepare('DELETE FROM room_updates WHERE room = ?').run(room);
			this.#database.prepare('INSERT INTO room_updates VALUES (?, ?, ?)').run(through, room, update);
		}
	}

	/** Erased texts that stand in the files. */
	found(): string[] {
		const there = new Set<string>();
		for (const file of ['', '-wal', '-shm'].map((end) => this.#file + end)) {
			if (!existsSync(file)) continue;
			for (const [name] of readFileSync(file, 'latin1').matchAll(/text \d+ \.+/g)) there.add(name);
		}
		return [...this.#erased].filter((name) => there.has(name));
	}

	async expectWhole(store: ReturnType<typeof sqliteRoomStore>): Promise<void> {
		for (const [room, { texts }] of this.#rooms) {
			const { updates } = await store.load(room);
			expect(Buffer.concat(updates).toString()).toBe(texts.map((text) => `${text}|`).join(''));
		}
		expect(this.#database.pragma('integrity_check', { simple: true })).toBe('ok');
	}
}

test.each([
	{ what: 'short texts in a few rooms', seed: 5, rooms: 6, timesMax: 2 },
	{ what: 'short texts in many rooms', seed: 2, rooms: 100, timesMax: 2 },
	{ what: 'middling texts', seed: 3, rooms: 40, timesMax: 30 },
	{ what: 'rewritten rooms of more than a page', seed: 0, rooms: 40, timesMax: 80 }
])('no erased text stays in a gap of a page: $what', async ({ seed, rooms, timesMax }) => {
	const texts = new TextsOnDisk(seed);
	const store = texts.open();
	const found: string[] = [];
	for (let look = 0; look < 25; look++) {
		await texts.say(store, rooms, timesMax);
		const rewritten = texts.rewrite();
		while (rewritten.length > 0) await store.replace(rewritten.splice(0, 5));
		await store.scrub();
		found.push(...texts.found());
	}
	await texts.expectWhole(store);
	expect(found).toEqual([]);
});

test('nor does it if the relay was killed behind the commit', async () => {
	const texts = new TextsOnDisk(1);
	const found: string[] = [];
	for (let look = 0; look < 25; look++) {
		await texts.say(texts.open(), 60, 7);
		texts.rewriteAndDie();
		const store = texts.open();
		await store.scrub();
		found.push(...texts.found());
		await texts.expectWhole(store);
	}
	expect(found).toEqual([]);
});
