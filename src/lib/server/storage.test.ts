/** The server on a disk that is full or damaged: what it answers, and why it does not start. */
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { relayOnSqlite } from './app';
import { ApiLab } from './testing/apiLab.fixture';
import type { MakeRelay } from './relayPort';
import { explainStart } from './startProblem';

const GROUP_ID = '018f0000-0000-7000-8000-000000000001';

let lab: ApiLab;
let db: Database;
const makeRelay: MakeRelay = (parts) => relayOnSqlite({ ...parts, db: (db = parts.db) });
beforeEach(() => {
	lab = new ApiLab();
});
afterEach(() => lab.stop());

const file = () => join(lab.folder, 'skein.db');
const pages = () => Number(db.pragma('page_count', { simple: true }));

/** A database with something in it, and nothing that runs on it. */
async function leaveDatabase(): Promise<void> {
	await lab.start(makeRelay);
	await lab.person('alice');
	await lab.server.relay.close();
	lab.server.closeDatabase();
	expect(existsSync(`${file()}-wal`)).toBe(false);
}

function overwrite(from: number, length: number): void {
	const bytes = readFileSync(file());
	bytes.fill(0x5a, from, from + length);
	writeFileSync(file(), bytes);
}

describe('on a full disk', () => {
	it('messages are refused for now, health says so, and both end with the first that can be stored', async () => {
		await lab.start(makeRelay);
		const [alice, bob] = [await lab.person('alice'), await lab.person('bob')];
		await alice.post('/api/conversations', { id: GROUP_ID, kind: 'group', members: [bob.id] });
		const send = (text: string) => alice.post('/api/messages/send', { conversationId: GROUP_ID, text });
		expect((await lab.visitor().get('/api/health')).body).toEqual({ status: 'ok' });
		expect((await send('kept')).status).toBe(201);

		const limit = pages();
		db.pragma(`max_page_count = ${limit}`);
		const refused = await send('long '.repeat(4_000));
		expect([refused.status, refused.body.error.code]).toEqual([503, 'unavailable']);
		const health = await lab.visitor().get('/api/health');
		expect([health.status, health.body]).toEqual([200, { status: 'degraded', reason: 'the disk is full' }]);
		const { body } = await bob.get(`/api/conversations/${GROUP_ID}/messages`);
		expect(body.messages.map(({ text }: { text: string }) => text)).toEqual(['kept']);

		db.pragma(`max_page_count = ${limit + 100}`);
		await expect.poll(async () => (await send('again')).status).toBe(201);
		expect((await lab.visitor().get('/api/health')).body).toEqual({ status: 'ok' });
	});

	it('what documents are due to say is said as soon as they can be written', async () => {
		await lab.start(makeRelay);
		const [alice, bob] = [await lab.person('alice'), await lab.person('bob')];
		await alice.post('/api/conversations', { id: GROUP_ID, kind: 'group', members: [bob.id] });
		const saysDue = () => db.prepare('SELECT count(*) FROM projections_due').pluck().get();
		db.exec(`CREATE TEMP TRIGGER no_more BEFORE INSERT ON room_updates
			BEGIN SELECT raise(ABORT, 'cannot be stored'); END`);
		await alice.patch('/api/me', { displayName: 'Ann' });
		expect((await lab.visitor().get('/api/health')).body.status).toBe('degraded');
		expect(saysDue()).toBeGreaterThan(0);
		db.exec('DROP TRIGGER no_more');
		await expect.poll(saysDue).toBe(0);
		expect((await lab.visitor().get('/api/health')).body).toEqual({ status: 'ok' });
	});
});

describe('does not start, and says in a sentence why', () => {
	const starting = () => lab.start(makeRelay);

	it('on a file that is no database', async () => {
		writeFileSync(file(), 'Not a database at all, but long enough to look like one. '.repeat(100));
		await expect(starting()).rejects.toThrow(/^The database .*skein\.db is damaged.*docs\/OPERATIONS\.md/);
	});

	it('on a truncated file', async () => {
		await leaveDatabase();
		truncateSync(file(), 3 * 4096);
		await expect(starting()).rejects.toThrow(/is damaged: keep a copy of it, then restore a backup/);
	});

	it('on a damaged first page', async () => {
		await leaveDatabase();
		overwrite(100, 400);
		await expect(starting()).rejects.toMatchObject({ name: 'StartProblem' });
	});

	it('on a folder where a file should be', async () => {
		mkdirSync(file());
		await expect(starting()).rejects.toThrow(/cannot be opened for writing/);
	});

	it.each([
		['SQLITE_BUSY', 'Another program has locked the database /d/skein.db'],
		['SQLITE_FULL', 'The disk that holds /d/skein.db is full'],
		['SQLITE_IOERR_READ', 'The disk that holds /d/skein.db has errors'],
		['EROFS', 'The database /d/skein.db cannot be opened for writing']
	])('of %s', (code, sentence) => {
		const problem = explainStart(Object.assign(new Error('x'), { code }), '/d/skein.db');
		expect(problem).toMatchObject({ name: 'StartProblem', message: expect.stringContaining(sentence) });
		const other = new Error('a fault of our own');
		expect(explainStart(other, '/d/skein.db')).toBe(other);
	});

	it('while another Skein runs on the same data, and does once that has ended', async () => {
		await starting();
		const other = new ApiLab(lab.folder);
		await expect(other.start(makeRelay)).rejects.toThrow(/^Another Skein app is running on the data in /);
		await lab.server.relay.close();
		lab.server.closeDatabase();
		await other.start(makeRelay);
		await other.server.relay.close();
		other.server.closeDatabase();
	});
});
