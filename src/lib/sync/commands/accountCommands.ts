import type { KindsOf, Upload } from './commandKind';
import type { UpdateProfileRequest } from '../../protocol/rest';

/** Commands about one's own account. Passwords are never kept on a device, so nothing that needs one is here. */
export interface AccountCommands {
	'change-profile': { readonly change: UpdateProfileRequest };
	/** `name` is what this device calls it until the server has named it; without a picture, none is wanted. */
	'set-picture': { readonly picture?: Upload & { readonly name: string } };
}

export const accountCommands: KindsOf<AccountCommands> = {
	'change-profile': {
		ask: ({ change }) => ({ method: 'PATCH', path: '/me', body: change }),
		place: () => 'account',
		directory(directory, { change }) {
			const { self } = directory;
			if (!self) return directory;
			const displayName = change.displayName ?? self.displayName;
			const about = (change.about ?? self.about) || undefined;
			if (displayName === self.displayName && about === self.about) return directory;
			return { ...directory, self: { ...self, displayName, about } };
		}
	},
	'set-picture': {
		ask: ({ picture }) =>
			picture
				? { method: 'PUT', path: '/me/picture', upload: { bytes: picture.bytes, type: picture.type } }
				: { method: 'DELETE', path: '/me/picture' },
		place: () => 'account',
		directory(directory, { picture }) {
			const { self } = directory;
			// Under which name the server keeps it, it alone knows: this one is shown until its word is here.
			return self && self.picture !== picture?.name
				? { ...directory, self: { ...self, picture: picture?.name } }
				: directory;
		}
	}
};
