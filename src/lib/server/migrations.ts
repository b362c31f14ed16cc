/**
 * The tables of accounts, conversations and projections, as steps that only ever grow: `user_version` counts the ones
 * a file has been through. A released step is never changed.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import {
	auditLog,
	reports,
	reportsInAudit,
	serverSettings,
	erasures,
	limitsSet,
	administrators,
	firstAccount
} from './migrations/administrationTables';
import { commands, commandSubjects, erasuresDue } from './migrations/commandTables';
import { firstTables } from './migrations/firstTables';
import { otherSpellings, peopleFound, vowelMarks } from './migrations/peopleFound';
import {
	pictures,
	blocks,
	credentials,
	deletedAccounts,
	apiTokens,
	mailLanguages
} from './migrations/accountTables';
import {
	segments,
	groups,
	declinedRequests,
	goneAt,
	invitesOfPeople,
	emptyGroups,
	emptyDirect
} from './migrations/groupTables';
import { webhooks } from './migrations/webhookTables';
import { foundKey } from './accounts/foundKey';
import { nameKey } from './accounts/nameKey';
import { StartProblem } from './startProblem';

const MIGRATIONS: readonly string[] = [
	firstTables,
	segments,
	pictures,
	commands,
	erasuresDue,
	peopleFound,
	groups,
	blocks,
	credentials,
	deletedAccounts,
	apiTokens,
	auditLog,
	declinedRequests,
	reports,
	serverSettings,
	erasures,
	webhooks,
	limitsSet,
	mailLanguages,
	invitesOfPeople,
	administrators,
	commandSubjects,
	firstAccount,
	goneAt,
	otherSpellings,
	vowelMarks,
	reportsInAudit,
	emptyGroups,
	emptyDirect
];

/** Brings the file to the newest version, all or nothing. Throws if a newer Skein wrote the file. */
export function migrate(db: Database): void {
	db.function('name_key', (name: string) => nameKey(name));
	db.function('found_key', (username: string, displayName: string) => foundKey(username, displayName));
	// For steps that look into what is kept deflated.
	db.function('inflated', (bytes: Buffer) => inflateRawSync(bytes).toString());
	db.function('deflated', (text: string) => deflateRawSync(text));
	db.transaction(() => {
		const version = Number(db.pragma('user_version', { simple: true }));
		if (version > MIGRATIONS.length) {
			throw new StartProblem(
				`The database is of version ${version}, and this Skein knows ${MIGRATIONS.length}: use the newer Skein that wrote it.`
			);
		}
		for (const sql of MIGRATIONS.slice(version)) db.exec(sql);
		db.pragma(`user_version = ${MIGRATIONS.length}`);
	}).immediate();
}
