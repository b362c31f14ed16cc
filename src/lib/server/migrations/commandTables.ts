/** Commands, and what documents do not say yet. Steps of migrations.ts: a released one is never changed. */

export const commands = `
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
	`;

export const erasuresDue = `
	-- What is to be erased in the room, as JSON: {"author", "message"?}. The event's body, if any, is the reason.
	ALTER TABLE projections_due ADD COLUMN erases TEXT;
	`;

export const commandSubjects = `
	-- JSON: what the answer tells of, where that is more than the user's own and small; it is told anew then, and answer is empty.
	ALTER TABLE commands ADD COLUMN about TEXT;
	CREATE INDEX commands_of_user ON commands (user_id, done_at);
	UPDATE commands
		SET about = json_object('conversation', json_extract(inflated(answer), '$.conversation.id')), answer = deflated('')
		WHERE status < 400 AND json_type(nullif(inflated(answer), ''), '$.conversation') = 'object';
	UPDATE commands
		SET about = json_object('account', json_extract(inflated(answer), '$.user.id')), answer = deflated('')
		WHERE status < 400 AND json_extract(nullif(inflated(answer), ''), '$.user.id') <> user_id;
	`;
