/**
 * `npm run seed`: fills SKEIN_DATA with a demonstration: a named cast, 40 conversations, 5,000 messages in one of them.
 * Skein must not run. `-- --until 14` stops fourteen days ago; run again without it, it goes on, so that a device which
 * was open in between is two weeks behind.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve, join } from 'node:path';
import { parseArgs } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import cliProgress from 'cli-progress';
import { started } from './httpEntry.mjs';
import { root } from './prepare.mjs';
import { applyPlan } from './seed/applyPlan';
import { CAST } from './seed/cast';
import { makePlan } from './seed/plan';
import { createLog } from '../src/lib/server/log';
import { createServer, relayOnSqlite } from '../src/lib/server/app';
import { readSettings } from '../src/lib/server/settings';
import { StartProblem } from '../src/lib/server/startProblem';
import { seededRandom } from '../tests/load/seededRandom';

const PASSWORD = 'warp and weft of it';
const DAY_MS = 86_400_000;

/** Of the one whose screens are shown: what waits to be read, by the number of the conversation. */
const UNREAD_OF_FIRST: Readonly<Record<number, number>> = { 0: 37, 1: 3, 5: 6, 12: 2, 14: 1 };

/** Throws a StartProblem if others live there: everybody knows the passwords of the cast. */
function refuseOthers(folder: string): void {
	const file = join(folder, 'skein.db');
	if (!existsSync(file)) return;
	const db = new SqliteDatabase(file, { readonly: true });
	try {
		const names = db.prepare<[], string>('SELECT username FROM users').pluck().all();
		const others = names.filter((name) => !CAST.some(({ username }) => username === name));
		if (others.length === 0) return;
		throw new StartProblem(
			`${folder} holds accounts that are not of the demonstration. Name an empty folder: SKEIN_DATA=demo npm run seed`
		);
	} finally {
		db.close();
	}
}

const { values } = parseArgs({ options: { until: { type: 'string', default: '0' } } });

await started(async () => {
	const days = Number(values.until);
	if (!Number.isFinite(days) || days < 0)
		throw new StartProblem('--until takes a number of days, such as 14');
	if (existsSync(resolve(root, '.env'))) process.loadEnvFile(resolve(root, '.env'));
	const folder = resolve(root, process.env.SKEIN_DATA || 'data');
	refuseOthers(folder);
	const end = Date.now();
	let now = end;
	const settings = readSettings({ SKEIN_DATA: folder, SKEIN_LOG: 'error', SKEIN_RATE_FACTOR: '0' });
	const log = createLog('error');
	const skein = await createServer(settings, { now: () => now, randomBytes, log, makeRelay: relayOnSqlite });
	const bar = new cliProgress.SingleBar({ format: '{bar} {value} of {total} messages', hideCursor: true });
	bar.start(1, 0);
	try {
		const { messages } = await applyPlan(skein, {
			plan: makePlan(seededRandom(1)),
			end,
			untilMs: days * DAY_MS,
			password: PASSWORD,
			unread: (username, conversation) =>
				username === CAST[0]?.username ? (UNREAD_OF_FIRST[conversation] ?? 0) : 0,
			setNow: (ms) => (now = ms),
			onMessage: (done, all) => {
				bar.setTotal(all);
				bar.update(done);
			}
		});
		bar.stop();
		console.log(
			`${messages} messages stand in ${folder}. Log in as mira, or another of the cast, with: ${PASSWORD}`
		);
	} finally {
		await skein.relay.close();
		skein.closeDatabase();
	}
});
