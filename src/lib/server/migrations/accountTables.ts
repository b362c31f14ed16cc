/** What accounts have: pictures, blocks, sessions, mails, tokens, and what is left of deleted ones. Steps of migrations.ts: a released one is never changed. */

export const pictures = `
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
	`;

export const blocks = `
	CREATE TABLE blocks (
		user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
		blocked_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
		at INTEGER NOT NULL, -- milliseconds since 1970
		PRIMARY KEY (user_id, blocked_id)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX blocks_of_blocked ON blocks (blocked_id);
	`;

export const credentials = `
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
	`;

export const deletedAccounts = `
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
	`;

export const apiTokens = `
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
	`;

export const mailLanguages = `
	-- What the person reads whom it goes to: of the request that it follows from.
	ALTER TABLE mails_due ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
	`;
