import type { ConversationId, UserId } from '../../domain/ids';
import type { CommandKind, KindsOf, NamedUpload } from './commandKind';
import type { Info, Role } from '../../domain/info';
import type { Person } from '../../domain/people';

interface OfGroup {
	readonly conversation: ConversationId;
}

interface OfMember extends OfGroup {
	readonly person: Person;
}

/** What of a group may be changed: what is given. */
type GroupChange = Partial<Pick<Info, 'name' | 'description' | 'history' | 'joining'>>;

/** Commands about a group and who is in it. */
export interface GroupCommands {
	/** `was`: what the person saw when they changed it, so that nobody's change is undone unseen. */
	'change-group': OfGroup & { readonly change: GroupChange; readonly was: GroupChange };
	/** Without a picture, none is wanted. `was`: the server's name of the one that the person saw, empty for none. */
	'set-group-picture': OfGroup & { readonly picture?: NamedUpload; readonly was?: string };
	/** `at`: when it was given, in milliseconds since 1970: what is written from then on is for the new member to read. */
	'add-member': OfMember & { readonly at?: number };
	'remove-member': OfMember;
	/** `was`: what the person saw that they are. */
	'change-role': OfMember & { readonly role: Role; readonly was?: Role };
	'hand-over': OfMember & { readonly self: UserId; readonly was?: Role };
	/** `at`: as of an add. */
	'answer-request': OfMember & { readonly yes: boolean; readonly at?: number };
	/** Takes one's own asking back, or puts away that one was refused. `name` of the group, which is not on this device. */
	'withdraw-request': OfGroup & { readonly self: UserId; readonly name: string };
	'leave-group': OfGroup & { readonly self: UserId };
}

/** Of every command about a group: which one it is, and that it waits for those before about the same. */
const ofGroup = {
	conversation: ({ conversation }: OfGroup) => conversation,
	touches: ({ conversation }: OfGroup) => [conversation]
};
const people: CommandKind<OfMember>['people'] = ({ person }) => [person];

export const groupCommands: KindsOf<GroupCommands> = {
	'change-group': {
		...ofGroup,
		info(info, { change }) {
			const wanted = Object.entries(change) as [keyof GroupChange, string][];
			return wanted.every(([field, value]) => info[field] === value) ? info : { ...info, ...change };
		}
	},
	'set-group-picture': {
		...ofGroup,
		info: (info, { picture }) => (info.picture === picture?.name ? info : { ...info, picture: picture?.name })
	},
	'add-member': {
		...ofGroup,
		// Whom one has unblocked before can be brought in only then.
		waitsFor: ({ person }) => [person.id],
		people,
		info: (info, { person }) => (info.members.has(person.id) ? info : withMember(info, person, 'member'))
	},
	'remove-member': {
		...ofGroup,
		people,
		info: (info, { person }) => (info.members.has(person.id) ? withoutMember(info, person.id) : info)
	},
	'change-role': {
		...ofGroup,
		people,
		info(info, { person, role }) {
			const now = info.members.get(person.id);
			return now === undefined || now === role ? info : withMember(info, person, role);
		}
	},
	'hand-over': {
		...ofGroup,
		people,
		info: (info, { person, self }) =>
			info.members.get(person.id) === 'owner'
				? info
				: { ...info, members: new Map(info.members).set(person.id, 'owner').set(self, 'admin') }
	},
	'answer-request': {
		...ofGroup,
		people,
		info(info, { person, yes }) {
			if (!info.asking.has(person.id)) return info;
			const asking = new Map(info.asking);
			asking.delete(person.id);
			return { ...(yes ? withMember(info, person, 'member') : info), asking };
		}
	},
	'withdraw-request': {
		...ofGroup,
		directory(directory, { conversation }) {
			if (!directory.asked.has(conversation)) return directory;
			const asked = new Map(directory.asked);
			asked.delete(conversation);
			return { ...directory, asked };
		}
	},
	'leave-group': {
		...ofGroup,
		endsWriting: true,
		info: (info, { self }) => (info.members.has(self) ? withoutMember(info, self) : info),
		directory(directory, { conversation }) {
			if (!directory.conversations.has(conversation)) return directory;
			const conversations = new Map(directory.conversations);
			conversations.delete(conversation);
			return { ...directory, conversations };
		}
	}
};

const withMember = (info: Info, person: Person, role: Role): Info => ({
	...info,
	members: new Map(info.members).set(person.id, role),
	people: info.people.has(person.id) ? info.people : new Map(info.people).set(person.id, person)
});

function withoutMember(info: Info, user: UserId): Info {
	const members = new Map(info.members);
	members.delete(user);
	return { ...info, members };
}
