/** What administrators do, read and set, and what is still to be erased. Steps of migrations.ts: a released one is never changed. */

export const auditLog = `
	ALTER TABLE users ADD COLUMN suspended_at INTEGER; -- milliseconds since 1970; NULL while they may log in

	-- What administrators have done. It holds ids alone: what an account is called may have to be forgotten.
	CREATE TABLE audit_log (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		at INTEGER NOT NULL, -- milliseconds since 1970
		actor TEXT NOT NULL,
		action TEXT NOT NULL,
		subject TEXT NOT NULL
	) STRICT;
	`;

export const reports = `
	-- What people have reported to the administrators. Who is named is a user that there was: their rows stay.
	CREATE TABLE reports (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		at INTEGER NOT NULL, -- milliseconds since 1970
		reporter TEXT NOT NULL REFERENCES users (id),
		reported TEXT NOT NULL REFERENCES users (id),
		reason TEXT NOT NULL,
		words TEXT NOT NULL, -- empty once it is settled
		conversation_id TEXT, -- NULL if it is about the person
		message_id TEXT,
		settled_at INTEGER, -- milliseconds since 1970
		settled_by TEXT REFERENCES users (id),
		outcome TEXT
	) STRICT;
	CREATE INDEX reports_of_reporter ON reports (reporter, settled_at);

	-- What a report shows, as long as it is not settled.
	CREATE TABLE reported_messages (
		report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
		place INTEGER NOT NULL,
		id TEXT NOT NULL,
		author TEXT, -- NULL if the relay knows no such message
		at INTEGER, -- milliseconds since 1970
		text TEXT NOT NULL, -- the reporter's word
		checked TEXT NOT NULL, -- what the relay has of it
		PRIMARY KEY (report_id, place)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX reported_messages_by_author ON reported_messages (author);
	`;

export const serverSettings = `
	-- What administrators have set, where it is not as it is from the start.
	CREATE TABLE server_settings (
		name TEXT PRIMARY KEY,
		value TEXT NOT NULL
	) STRICT, WITHOUT ROWID;
	`;

export const erasures = `
	-- Deleted users of whose entries some are still to be erased: 'private' (what they alone saw), or 'all'.
	CREATE TABLE erasures (
		user_id TEXT PRIMARY KEY REFERENCES users (id),
		what TEXT NOT NULL CHECK (what IN ('private', 'all')),
		began_at INTEGER NOT NULL -- milliseconds since 1970
	) STRICT, WITHOUT ROWID;
	-- The rooms that they have written in, all of them, until the last is done. None: they are still to be looked for.
	CREATE TABLE erasure_rooms (
		user_id TEXT NOT NULL REFERENCES erasures (user_id) ON DELETE CASCADE,
		room TEXT NOT NULL,
		done INTEGER NOT NULL DEFAULT 0,
		PRIMARY KEY (user_id, room)
	) STRICT, WITHOUT ROWID;
	INSERT INTO erasures (user_id, what, began_at)
		SELECT id, erasing, coalesce(deleted_at, 0) FROM users WHERE erasing IS NOT NULL;
	DROP INDEX users_erasing;
	ALTER TABLE users DROP COLUMN erasing;
	`;

export const administrators = `
	-- Whom administrators have made administrators, until it is taken back.
	CREATE TABLE administrators (
		user_id TEXT PRIMARY KEY REFERENCES users (id),
		made_at INTEGER NOT NULL -- milliseconds since 1970
	) STRICT, WITHOUT ROWID;
	`;

export const limitsSet = `
	-- JSON: which limit an administrator set, and to how much.
	ALTER TABLE audit_log ADD COLUMN limit_set TEXT;
	`;

export const firstAccount = `
	-- Who was here first administers the server, whatever the clock says later.
	INSERT INTO server_settings (name, value)
		SELECT 'first-account', id FROM users WHERE deleted_at IS NULL ORDER BY created_at, rowid LIMIT 1;
	`;

export const reportsInAudit = `
	-- JSON: which report was settled, and how; NULL for what was settled before this was kept.
	ALTER TABLE audit_log ADD COLUMN report_settled TEXT;
	`;
