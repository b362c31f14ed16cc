/** What people are found by. Steps of migrations.ts: a released one is never changed. */

export const peopleFound = `
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
	`;

export const otherSpellings = `
	-- What people are found by holds from now on how else they are written; what follows from it is written by triggers.
	UPDATE users SET display_name_key = found_key(username, display_name)
		WHERE deleted_at IS NULL AND display_name_key <> found_key(username, display_name);
	`;

export const vowelMarks = `
	-- Vowels that a script writes as marks belong to a name, and to the words that are found. Keys are finer than before, so
	-- none comes to be another's.
	DROP TABLE people_words;
	CREATE VIRTUAL TABLE people_words USING fts5 (
		words, content = 'people_found', content_rowid = 'n', detail = none, prefix = '1 2 3',
		tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
	);
	INSERT INTO people_words (people_words, rank) VALUES ('secure-delete', 1);
	INSERT INTO people_words (people_words) VALUES ('rebuild');
	UPDATE users SET username_key = name_key(username), display_name_key = found_key(username, display_name)
		WHERE deleted_at IS NULL
			AND (username_key <> name_key(username) OR display_name_key <> found_key(username, display_name));
	`;
