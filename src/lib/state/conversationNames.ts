import type { Device } from '../sync/device';
import type { ConversationId, UserId } from '../domain/ids';
import type { ConversationKind, Info, Role } from '../domain/info';
import type { Person } from '../domain/people';

/** What a conversation is called and who is in it, from whatever this device knows so far. */
export interface ConversationNames {
	readonly kind: ConversationKind;
	readonly name: string;
	readonly swatch: readonly string[];
	readonly members: readonly (Person & { readonly role: Role })[];
	/** Made on this device and not yet known to the server. */
	readonly pending: boolean;
	/** False if this account has no such conversation, as far as this device knows. */
	readonly known: boolean;
	nameOf(user: UserId): string;
}

export function namesOf(device: Device, id: ConversationId, names: Intl.ListFormat): ConversationNames {
	const { self } = device;
	const info = device.conversations.get(id)?.info;
	const listed = device.directory.conversations.get(id);
	const queued = device.outbox.commands.find(({ command }) => command.request.id === id)?.command;
	const nameOf = (user: UserId): string =>
		info?.people.get(user)?.displayName ?? (user === self.id ? self.displayName : device.people.get(user)?.displayName) ?? '';
	const kind = info?.kind ?? listed?.kind ?? queued?.request.kind ?? 'group';
	const members = info ? membersOf(info) : (queued?.people ?? []).map((person) => ({ ...person, role: 'member' as const }));
	const others = members.filter((member) => member.id !== self.id);
	const ownName = kind === 'group' ? (info?.name ?? queued?.request.name ?? '') : '';
	const peer = listed?.peer ?? others[0] ?? (kind === 'direct' ? self : undefined);
	const everyone = names.format(others.map((member) => member.displayName)) || self.displayName;
	const name = kind === 'direct' ? (peer?.displayName ?? '') : ownName || everyone;
	const swatch = kind === 'direct' ? [name] : [name, others[0]?.displayName ?? self.displayName];
	return { kind, name, swatch, members, pending: !listed && queued !== undefined, known: listed !== undefined || queued !== undefined, nameOf };
}

const membersOf = (info: Info) =>
	[...info.members].flatMap(([id, role]) => {
		const person = info.people.get(id);
		return person ? [{ ...person, role }] : [];
	});
