import type { KindsOf } from './commandKind';
import type { UpdateMeRequest } from '../../protocol/rest';

/** Commands about one's own account. Passwords are never kept on a device, so nothing that needs one is here. */
export interface AccountCommands {
	'change-profile': { readonly change: UpdateMeRequest };
}

export const accountCommands: KindsOf<AccountCommands> = {
	'change-profile': {
		ask: ({ change }) => ({ method: 'PATCH', path: '/me', body: change }),
		place: () => 'account',
		directory(directory, { change }) {
			const { self } = directory;
			const displayName = change.displayName ?? self?.displayName;
			if (!self || displayName === undefined || displayName === self.displayName) return directory;
			return { ...directory, self: { ...self, displayName } };
		}
	}
};
