/** Ways in and out of a conversation for other programs. Steps of migrations.ts: a released one is never changed. */

export const webhooks = `
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
	`;
