/** A person as SQL has them. */
import { personFields, type Person } from '../../domain/people';

export interface PersonRow {
	readonly id: string;
	readonly username: string;
	readonly displayName: string;
	/** Empty if they say nothing of themselves. */
	readonly about: string;
	readonly picture: string | null;
}

/** Columns of `users` that make a {@link PersonRow}. */
export const PERSON_COLUMNS = 'users.id, username, display_name AS displayName, about, users.picture';

/** What others may know of them; what they have not set is left out. */
export const personOf = (row: PersonRow): Person => ({
	id: row.id,
	...personFields({ ...row, picture: row.picture ?? undefined })
});
