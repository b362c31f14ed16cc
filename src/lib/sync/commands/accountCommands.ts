import type { CommandKind, KindsOf, NamedUpload } from './commandKind';
import type { Directory } from '../../domain/directory';
import type { Person } from '../../domain/people';
import type { ReportRequest, UpdateProfileRequest } from '../../protocol/rest';

/** Commands about one's own account. Passwords are never kept on a device, so nothing that needs one is here. */
export interface AccountCommands {
	'change-profile': { readonly change: UpdateProfileRequest };
	/** Without a picture, none is wanted. */
	'set-picture': { readonly picture?: NamedUpload };
	'block-person': OfPerson;
	'unblock-person': OfPerson;
	/** `name`: of whom it is about. */
	report: { readonly request: ReportRequest; readonly name: string };
}

interface OfPerson {
	readonly person: Person;
}

const touches: CommandKind<OfPerson>['touches'] = ({ person }) => [person.id];
const people: CommandKind<OfPerson>['people'] = ({ person }) => [person];

export const accountCommands: KindsOf<AccountCommands> = {
	'change-profile': {
		touches: () => ['profile'],
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
		touches: () => ['picture'],
		directory(directory, { picture }) {
			const { self } = directory;
			return self && self.picture !== picture?.name
				? { ...directory, self: { ...self, picture: picture?.name } }
				: directory;
		}
	},
	'block-person': {
		touches,
		people,
		directory: (directory, { person }) =>
			directory.blocked.has(person.id)
				? directory
				: withBlocked(directory, (blocked) => blocked.set(person.id, person))
	},
	'unblock-person': {
		touches,
		people,
		directory: (directory, { person }) =>
			directory.blocked.has(person.id)
				? withBlocked(directory, (blocked) => blocked.delete(person.id))
				: directory
	},
	report: {
		conversation: ({ request }) => request.conversationId,
		// What it says stands in it: it waits for nothing, and nothing waits for it.
		touches: () => []
	}
};

function withBlocked(directory: Directory, change: (blocked: Map<string, Person>) => void): Directory {
	const blocked = new Map(directory.blocked);
	change(blocked);
	return { ...directory, blocked };
}
