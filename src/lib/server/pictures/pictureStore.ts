/** The table of pictures. Each is named by its bytes, so the same one is kept once. */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

export class PictureStore {
	readonly #insert;
	readonly #bytes;
	readonly #deleteUnused;

	constructor(db: Database) {
		this.#insert = db.prepare<[string, Uint8Array]>(
			'INSERT INTO pictures (hash, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING'
		);
		this.#bytes = db.prepare<[string], Buffer>('SELECT bytes FROM pictures WHERE hash = ?').pluck();
		this.#deleteUnused = db.prepare<[{ hash: string }]>(
			`DELETE FROM pictures WHERE hash = @hash
			AND NOT EXISTS (SELECT 1 FROM users WHERE picture = @hash)
			AND NOT EXISTS (SELECT 1 FROM conversations WHERE picture = @hash)`
		);
	}

	/** Keeps it and returns its name. Whoever calls it refers to it in the same transaction. */
	keep(bytes: Uint8Array): string {
		const hash = createHash('sha256').update(bytes).digest('base64url');
		this.#insert.run(hash, bytes);
		return hash;
	}

	bytes(hash: string): Uint8Array | undefined {
		return this.#bytes.get(hash);
	}

	/** Deletes it if nothing refers to it any more, in the transaction that took a reference away. */
	letGo(hash: string | null | undefined): void {
		if (hash) this.#deleteUnused.run({ hash });
	}
}
