/** Segments of conversations, and what groups have. Steps of migrations.ts: a released one is never changed. */

export const segments = `
	-- When the messages of each segment were written, as the info documents say it: milliseconds since 1970.
	CREATE TABLE segments (
		conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
		segment INTEGER NOT NULL,
		first_ms INTEGER NOT NULL,
		last_ms INTEGER, -- NULL while it takes new messages
		PRIMARY KEY (conversation_id, segment)
	) STRICT, WITHOUT ROWID;
	`;

export const groups = `
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
	`;

export const declinedRequests = `
	-- Whoever is refused is told so until they have seen it or ask again. NULL while they wait.
	ALTER TABLE join_requests ADD COLUMN declined_at INTEGER; -- milliseconds since 1970
	`;

export const goneAt = `
	-- When they went, in milliseconds since 1970: who was asked in before that is not brought back. 0 if nobody knows.
	ALTER TABLE former_members ADD COLUMN gone_at INTEGER NOT NULL DEFAULT 0;
	-- The documents say from now on who was removed.
	INSERT INTO projections_due (room)
		SELECT DISTINCT 'info/' || conversation_id FROM former_members WHERE removed = 1 ON CONFLICT DO NOTHING;
	`;

export const invitesOfPeople = `
	-- Who has come by a link, or asked: each counts once.
	CREATE TABLE invite_uses (
		invite_id TEXT NOT NULL REFERENCES invites (id) ON DELETE CASCADE,
		user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
		PRIMARY KEY (invite_id, user_id)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX invite_uses_of_user ON invite_uses (user_id);
	-- A link ends with the right to make it.
	DELETE FROM invites WHERE NOT EXISTS (
		SELECT 1 FROM members
		WHERE members.conversation_id = invites.conversation_id AND user_id = creator AND role IN ('owner', 'admin')
	);
	CREATE INDEX invites_of_creator ON invites (creator);
	-- Whoever was refused has seen it. They wait all the same before they may ask again.
	ALTER TABLE join_requests ADD COLUMN put_away INTEGER NOT NULL DEFAULT 0 CHECK (put_away IN (0, 1));
`;

export const emptyGroups = `
	-- Milliseconds since 1970: when the last member went, until what was written in it is erased.
	ALTER TABLE conversations ADD COLUMN empty_since INTEGER;
	UPDATE conversations SET name = '', description = '', picture = NULL, empty_since = 1000 * unixepoch()
		WHERE kind = 'group' AND NOT EXISTS (SELECT 1 FROM members WHERE conversation_id = conversations.id);
	DELETE FROM pictures WHERE NOT EXISTS (SELECT 1 FROM users WHERE picture = hash)
		AND NOT EXISTS (SELECT 1 FROM conversations WHERE picture = hash);
	DELETE FROM webhooks WHERE conversation_id IN (SELECT id FROM conversations WHERE empty_since IS NOT NULL);
	`;

export const emptyDirect = `
	-- The same of two accounts that are no more.
	UPDATE conversations SET empty_since = 1000 * unixepoch()
		WHERE kind = 'direct' AND NOT EXISTS (SELECT 1 FROM members JOIN users ON users.id = user_id
			WHERE conversation_id = conversations.id AND deleted_at IS NULL);
	`;
