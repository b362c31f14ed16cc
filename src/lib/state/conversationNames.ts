import { summaryNames } from '../sync/summarize';
import type { Device } from '../sync/device';
import type { ConversationId, UserId } from '../domain/ids';
import type { ConversationKind, Info, Role } from '../domain/info';
import { isGone, type Person } from '../domain/people';

/** What an info tells of who is in it. */
type Told = Pick<Info, 'members' | 'people'>;
type Member = Person & { readonly role: Role };

/** What a conversation is called and who is in it, from whatever this device knows so far. */
export interface ConversationNames {
	readonly kind: ConversationKind;
	readonly name: string;
	readonly swatch: readonly string[];
	readonly picture: string | undefined;
	readonly members: readonly Member[];
	/** Made on this device and not yet known to the server. */
	readonly pending: boolean;
	/** The server would not make it; what was written in it is here alone. */
	readonly refused: boolean;
	/** False if this account has no such conversation, as far as this device knows. */
	readonly known: boolean;
	nameOf(user: UserId): string;
	pictureOf(user: UserId): string | undefined;
}

/** `membersOf`: a {@link rememberMembers}, for who asks again and again. */
export function namesOf(
	device: Device,
	id: ConversationId,
	membersOf = rememberMembers(device.goneName)
): ConversationNames {
	const { self, people, directory } = device;
	const info = device.conversations.get(id)?.info;
	const local = !directory.conversations.has(id);
	const pending = local && device.isPending(id);
	const refused = local && !pending && device.isRefused(id);
	const told = summaryNames({
		sync: { id, info },
		self,
		people,
		directory,
		asked: device.asked,
		goneName: device.goneName
	});
	const { nameOf, pictureOf, others } = told;
	// Until it is read from the disk it is called as in the list.
	const summary = info ? undefined : device.summaries.get(id);
	const { kind, name, swatch, picture } = summary?.name ? summary : told;
	const members = info
		? membersOf(info)
		: [...others, self].map((person) => ({ ...person, role: 'member' as const }));
	const known = !local || pending || refused;
	return { kind, name, swatch, picture, members, pending, refused, known, nameOf, pictureOf };
}

/** Of the same info the very same members, so that no row of a long list is drawn anew for nothing. */
export function rememberMembers(goneName: string): (info: Told) => readonly Member[] {
	let last: { readonly info: Told; readonly members: readonly Member[] } | undefined;
	return (info) => {
		if (last?.info !== info) last = { info, members: membersIn(info, goneName) };
		return last.members;
	};
}

const membersIn = (info: Told, goneName: string): readonly Member[] =>
	[...info.members].flatMap(([id, role]) => {
		const person = info.people.get(id);
		if (!person) return [];
		return [{ ...person, displayName: isGone(person) ? goneName : person.displayName, role }];
	});
