/** What people say of themselves: name, words and picture. A change and what must tell of it are one transaction. */
import type { Database } from 'better-sqlite3';
import type { UserStore } from './userStore';
import type { PictureStore } from '../pictures/pictureStore';
import type { ProjectionsDue } from '../projections/projectionsDue';
import type { UserId } from '../../domain/ids';
import type { OwnUser, UpdateProfileRequest } from '../../protocol/rest';

export interface ProfileParts {
	readonly db: Database;
	readonly users: UserStore;
	readonly pictures: PictureStore;
	readonly due: ProjectionsDue;
}

export class Profiles {
	readonly #parts: ProfileParts;

	constructor(parts: ProfileParts) {
		this.#parts = parts;
	}

	/** Changes what is given. Returns the user as they are now; undefined if there is none. */
	update(id: UserId, changes: UpdateProfileRequest): OwnUser | undefined {
		const { users } = this.#parts;
		return this.#change(id, (user) => {
			const { displayName = user.displayName, about = user.about } = changes;
			if (displayName === user.displayName && about === user.about) return false;
			users.update({ ...user, displayName, about });
			return true;
		});
	}

	/** `bytes` is a square that was made here; without any, the person has no picture any more. */
	setPicture(id: UserId, bytes?: Uint8Array): OwnUser | undefined {
		const { users, pictures } = this.#parts;
		return this.#change(id, (user) => {
			const hash = bytes && pictures.keep(bytes);
			if (hash === user.picture) return false;
			users.setPicture(id, hash ?? null);
			pictures.letGo(user.picture);
			return true;
		});
	}

	/** `change` says whether there is anything to tell. */
	#change(id: UserId, change: (user: OwnUser) => boolean): OwnUser | undefined {
		const { db, users, due } = this.#parts;
		return db
			.transaction(() => {
				const user = users.own(id);
				if (user && change(user)) due.addEverywhere(id);
				return users.own(id);
			})
			.immediate();
	}
}
