/**
 * The tables of accounts, conversations and projections, as steps that only ever grow: `user_version` counts the ones
 * a file has been through. A released step is never changed.
 */
import type { Database } from 'better-sqlite3';
import { StartProblem } from './startProblem';

const MIGRATIONS: readonly string[] = [
	`
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
	`,
	`
	-- When the messages of each segment were written, as the info documents say it: milliseconds since 1970.
	CREATE TABLE segments (
		conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
		segment INTEGER NOT NULL,
		first_ms INTEGER NOT NULL,
		last_ms INTEGER, -- NULL while it takes new messages
		PRIMARY KEY (conversation_id, segment)
	) STRICT, WITHOUT ROWID;
	`,
	`
	-- Pictures of people and groups, each once. What no row refers to any more is deleted with the last reference.
	CREATE TABLE pictures (
		hash TEXT PRIMARY KEY, -- SHA-256 of the bytes, in base64url
		bytes BLOB NOT NULL -- WebP
	) STRICT;
	ALTER TABLE users ADD COLUMN about TEXT NOT NULL DEFAULT '';
	ALTER TABLE users ADD COLUMN picture TEXT REFERENCES pictures (hash);
	CREATE INDEX users_by_picture ON users (picture);
	ALTER TABLE conversations ADD COLUMN picture TEXT REFERENCES pictures (hash);
	CREATE INDEX conversations_by_picture ON conversations (picture);
	`,
	`
	-- What became of commands that came with an id, so that one that comes again changes nothing.
	CREATE TABLE commands (
		user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
		id TEXT NOT NULL, -- minted by the client
		request TEXT NOT NULL, -- SHA-256 of method, path and body
		status INTEGER NOT NULL,
		answer BLOB NOT NULL, -- JSON, deflated; nothing for an answer without a body
		done_at INTEGER NOT NULL, -- milliseconds since 1970
		PRIMARY KEY (user_id, id)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX commands_by_age ON commands (done_at);
	`,
	`
	-- What is to be erased in the room, as JSON: {"author", "message"?}. The event's body, if any, is the reason.
	ALTER TABLE projections_due ADD COLUMN erases TEXT;
	`,
	`
	-- What people are found by. Numbers of their own, since VACUUM gives rows of users others.
	CREATE TABLE people_found (
		n INTEGER PRIMARY KEY,
		user_id TEXT NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
		handle TEXT NOT NULL, -- the username, folded as searchKey folds
		words TEXT NOT NULL -- it and the displayed name
	) STRICT;
	CREATE INDEX people_by_handle ON people_found (handle, n);
	CREATE VIRTUAL TABLE people_words USING fts5 (
		words, content = 'people_found', content_rowid = 'n', detail = none, prefix = '1 2 3',
		tokenize = 'unicode61 remove_diacritics 0'
	);
	CREATE VIRTUAL TABLE people_parts USING fts5 (
		words, content = 'people_found', content_rowid = 'n', tokenize = 'trigram case_sensitive 1'
	);
	-- A name that somebody no longer has stays in no index either.
	INSERT INTO people_words (people_words, rank) VALUES ('secure-delete', 1);
	INSERT INTO people_parts (people_parts, rank) VALUES ('secure-delete', 1);
	CREATE TRIGGER people_found_added AFTER INSERT ON people_found BEGIN
		INSERT INTO people_words (rowid, words) VALUES (new.n, new.words);
		INSERT INTO people_parts (rowid, words) VALUES (new.n, new.words);
	END;
	CREATE TRIGGER people_found_deleted AFTER DELETE ON people_found BEGIN
		INSERT INTO people_words (people_words, rowid, words) VALUES ('delete', old.n, old.words);
		INSERT INTO people_parts (people_parts, rowid, words) VALUES ('delete', old.n, old.words);
	END;
	CREATE VIEW people_to_find AS
		SELECT id, substr(words, 1, instr(words, char(10)) - 1) AS handle, replace(words, char(10), ' ') AS words
		FROM (
			SELECT id, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
				username_key || char(10) || display_name_key,
				'ß', 'ss'), 'ς', 'σ'), 'ı', 'i'), 'ø', 'o'), 'đ', 'd'), 'ł', 'l'), 'æ', 'ae'), 'œ', 'oe'), 'ð', 'd'),
				'þ', 'th'), 'ħ', 'h') AS words
			FROM users
		);
	CREATE TRIGGER users_found AFTER INSERT ON users BEGIN
		INSERT INTO people_found (user_id, handle, words)
			SELECT id, handle, words FROM people_to_find WHERE id = new.id;
	END;
	CREATE TRIGGER users_renamed AFTER UPDATE OF username_key, display_name_key ON users BEGIN
		DELETE FROM people_found WHERE user_id = new.id;
		INSERT INTO people_found (user_id, handle, words)
			SELECT id, handle, words FROM people_to_find WHERE id = new.id;
	END;
	INSERT INTO people_found (user_id, handle, words) SELECT id, handle, words FROM people_to_find;
	`,
	`
	ALTER TABLE conversations ADD COLUMN description TEXT NOT NULL DEFAULT '';
	ALTER TABLE conversations ADD COLUMN history TEXT NOT NULL DEFAULT 'start' CHECK (history IN ('start', 'joining'));
	ALTER TABLE conversations ADD COLUMN joining TEXT NOT NULL DEFAULT 'open' CHECK (joining IN ('open', 'request'));

	-- The first segment that the member may read.
	ALTER TABLE members ADD COLUMN first_segment INTEGER NOT NULL DEFAULT 0;
	-- Milliseconds since 1970. What they wrote before is not taken any more: they were not a member in between.
	ALTER TABLE members ADD COLUMN writes_since INTEGER NOT NULL DEFAULT 0;

	-- Who is no longer in a conversation. They may come back, and then are no longer here.
	CREATE TABLE former_members (
		conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
		user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
		removed INTEGER NOT NULL CHECK (removed IN (0, 1)), -- 0 if they left by themselves
		PRIMARY KEY (conversation_id, user_id)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX former_conversations ON former_members (user_id);

	CREATE TABLE invites (
		id TEXT PRIMARY KEY,
		conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
		token_hash TEXT NOT NULL UNIQUE, -- SHA-256 of the token, in hex
		creator TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
		created_at INTEGER NOT NULL, -- milliseconds since 1970
		expires_at INTEGER NOT NULL, -- milliseconds since 1970
		uses INTEGER NOT NULL DEFAULT 0,
		uses_max INTEGER -- NULL for as many as like
	) STRICT;
	CREATE INDEX invites_of_conversation ON invites (conversation_id);

	CREATE TABLE join_requests (
		conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
		user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
		asked_at INTEGER NOT NULL, -- milliseconds since 1970
		PRIMARY KEY (conversation_id, user_id)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX requests_of_user ON join_requests (user_id);
	`,
	`
	CREATE TABLE blocks (
		user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
		blocked_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
		at INTEGER NOT NULL, -- milliseconds since 1970
		PRIMARY KEY (user_id, blocked_id)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX blocks_of_blocked ON blocks (blocked_id);
	`,
	`
	-- Addresses are compared without case. Several accounts may have the same one.
	ALTER TABLE users ADD COLUMN email_key TEXT;
	UPDATE users SET email_key = lower(email);
	CREATE INDEX users_by_email ON users (email_key);

	-- A session as its user sees it in a list: by an id that opens nothing, from where, and when last.
	ALTER TABLE sessions ADD COLUMN public_id TEXT;
	UPDATE sessions SET public_id = lower(hex(randomblob(10)));
	CREATE UNIQUE INDEX sessions_by_public_id ON sessions (public_id);
	ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT ''; -- the client's own word for itself
	ALTER TABLE sessions ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0; -- milliseconds since 1970, to some minutes
	UPDATE sessions SET seen_at = created_at * 1000;

	-- Leave to set a new password without the old one, by the link of a mail: for each user the newest.
	CREATE TABLE password_resets (
		user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
		token_hash TEXT NOT NULL UNIQUE, -- SHA-256 of the token, in hex
		expires_at INTEGER NOT NULL -- milliseconds since 1970
	) STRICT, WITHOUT ROWID;

	-- Mails that are to be sent. None of what they tell is in here, only for whom and why.
	CREATE TABLE mails_due (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		kind TEXT NOT NULL,
		subject TEXT NOT NULL,
		origin TEXT NOT NULL,
		asked_at INTEGER NOT NULL, -- milliseconds since 1970
		tries INTEGER NOT NULL DEFAULT 0,
		next_at INTEGER NOT NULL, -- milliseconds since 1970
		UNIQUE (kind, subject)
	) STRICT;
	`,
	`
	-- Milliseconds since 1970; NULL for an account that is in use. The row of a deleted one stays, without a name, for what
	-- is left of them in conversations.
	ALTER TABLE users ADD COLUMN deleted_at INTEGER;
	-- What a deleted user wrote that is still to be looked for and erased: 'private' (what they alone saw), or 'all'.
	ALTER TABLE users ADD COLUMN erasing TEXT CHECK (erasing IN ('private', 'all'));
	CREATE INDEX users_erasing ON users (id) WHERE erasing IS NOT NULL;

	-- Usernames of deleted accounts, which nobody may take yet.
	CREATE TABLE held_names (
		username_key TEXT PRIMARY KEY,
		until INTEGER NOT NULL -- milliseconds since 1970
	) STRICT, WITHOUT ROWID;

	-- Who has no name is found by nobody.
	DROP TRIGGER users_renamed;
	CREATE TRIGGER users_renamed AFTER UPDATE OF username_key, display_name_key ON users BEGIN
		DELETE FROM people_found WHERE user_id = new.id;
		INSERT INTO people_found (user_id, handle, words)
			SELECT id, handle, words FROM people_to_find WHERE id = new.id AND new.deleted_at IS NULL;
	END;
	`,
	`
	-- Personal API tokens. The scopes are a JSON array; times are in milliseconds since 1970.
	CREATE TABLE api_tokens (
		id TEXT PRIMARY KEY,
		user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
		name TEXT NOT NULL,
		token_hash TEXT NOT NULL UNIQUE, -- SHA-256 of the token, in hex
		scopes TEXT NOT NULL,
		created_at INTEGER NOT NULL,
		expires_at INTEGER NOT NULL,
		seen_at INTEGER -- to some minutes; NULL if never
	) STRICT;
	CREATE INDEX api_tokens_of_user ON api_tokens (user_id);
	`,
	`
	ALTER TABLE users ADD COLUMN suspended_at INTEGER; -- milliseconds since 1970; NULL while they may log in

	-- What administrators have done. It holds ids alone: what an account is called may have to be forgotten.
	CREATE TABLE audit_log (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		at INTEGER NOT NULL, -- milliseconds since 1970
		actor TEXT NOT NULL,
		action TEXT NOT NULL,
		subject TEXT NOT NULL
	) STRICT;
	`,
	`
	-- Whoever is refused is told so until they have seen it or ask again. NULL while they wait.
	ALTER TABLE join_requests ADD COLUMN declined_at INTEGER; -- milliseconds since 1970
	`,
	`
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
	`,
	`
	-- What administrators have set, where it is not as it is from the start.
	CREATE TABLE server_settings (
		name TEXT PRIMARY KEY,
		value TEXT NOT NULL
	) STRICT, WITHOUT ROWID;
	`,
	`
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
	`,
	`
	-- Ways in and out of a conversation for other programs, each in the name of the member who made it.
	CREATE TABLE webhooks (
		id TEXT PRIMARY KEY,
		conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
		direction TEXT NOT NULL, -- 'in' or 'out'
		name TEXT NOT NULL,
		made_by TEXT NOT NULL REFERENCES users (id),
		made_at INTEGER NOT NULL, -- milliseconds since 1970
		token_hash TEXT UNIQUE, -- of one in: SHA-256 of the token in its address, in hex
		url TEXT, -- of one out
		secret TEXT, -- of one out: what its calls are signed with
		first_segment INTEGER NOT NULL, -- of one out: what was written before is never told
		last_status TEXT, -- of the last call: its HTTP status, or why there was none
		last_at INTEGER, -- milliseconds since 1970
		failing_since INTEGER, -- milliseconds since 1970; NULL if the last call went well
		tries INTEGER NOT NULL DEFAULT 0,
		next_at INTEGER NOT NULL DEFAULT 0, -- it is not called before, in milliseconds since 1970
		stopped_at INTEGER -- milliseconds since 1970; NULL while it is called
	) STRICT;
	CREATE INDEX webhooks_of_conversation ON webhooks (conversation_id, made_at);
	CREATE INDEX webhooks_of_user ON webhooks (made_by);

	-- What of each segment a webhook has been told.
	CREATE TABLE webhooks_told (
		webhook_id TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
		segment INTEGER NOT NULL,
		vector TEXT NOT NULL, -- JSON: pairs of client and clock
		PRIMARY KEY (webhook_id, segment)
	) STRICT, WITHOUT ROWID;
	`,
	`
	-- JSON: which limit an administrator set, and to how much.
	ALTER TABLE audit_log ADD COLUMN limit_set TEXT;
	`,
	`
	-- What the person reads whom it goes to: of the request that it follows from.
	ALTER TABLE mails_due ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
	`
];

/** Brings the file to the newest version, all or nothing. Throws if a newer Skein wrote the file. */
export function migrate(db: Database): void {
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
