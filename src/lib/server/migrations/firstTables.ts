/** The tables that Skein began with. Steps of migrations.ts: a released one is never changed. */

export const firstTables = `
	CREATE TABLE users (
		id TEXT PRIMARY KEY,
		username TEXT NOT NULL,
		-- the username without case and accents: two that differ only so are the same
		username_key TEXT NOT NULL UNIQUE,
		display_name TEXT NOT NULL,
		display_name_key TEXT NOT NULL,
		email TEXT,
		created_at INTEGER NOT NULL -- milliseconds since 1970
	) STRICT;

	CREATE TABLE passwords (
		user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
		hash TEXT NOT NULL -- Argon2id, as a PHC string
	) STRICT;

	CREATE TABLE sessions (
		id TEXT PRIMARY KEY, -- SHA-256 of the session token, in hex
		user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
		expires_at INTEGER NOT NULL, -- seconds since 1970
		created_at INTEGER NOT NULL DEFAULT (unixepoch()) -- seconds since 1970
	) STRICT;
	CREATE INDEX sessions_of_user ON sessions (user_id);

	CREATE TABLE conversations (
		id TEXT PRIMARY KEY,
		kind TEXT NOT NULL CHECK (kind IN ('direct', 'group')),
		name TEXT NOT NULL,
		creator TEXT NOT NULL REFERENCES users (id),
		live INTEGER NOT NULL DEFAULT 0, -- the segment that takes new messages
		created_at INTEGER NOT NULL -- milliseconds since 1970
	) STRICT;

	CREATE TABLE members (
		conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
		user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
		role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
		joined_at INTEGER NOT NULL, -- milliseconds since 1970
		PRIMARY KEY (conversation_id, user_id)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX conversations_of_member ON members (user_id);

	-- What the documents do not say yet. A row is made in the transaction of the change, and goes once it is said.
	CREATE TABLE projections_due (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		room TEXT NOT NULL,
		event_key TEXT NOT NULL DEFAULT '', -- '' for a document of facts, which is written from SQL as it stands then
		event_body BLOB, -- the body of the system entry
		UNIQUE (room, event_key)
	) STRICT;
	`;
