/**
 * A group that the server has not been asked for yet is asked for without those who were removed from it here: they are
 * never to hear of it. One that is made again is asked for without them each time: the removal stays, since the server may
 * have made it with them before. Whoever is added stays a command of its own, with the time from which on they may read.
 */
import type { Command, CommandOf } from './commands/commandTable';
import type { UserId } from '../domain/ids';

export interface Folded<Q> {
	readonly creation: CommandOf<'create-conversation'>;
	/** Of the commands behind it, those that there is nothing left to do for. */
	readonly spent: readonly Q[];
}

/** `behind`: what waits about the same group, in its order. */
export function foldRemovals<Q extends { readonly command: Command }>(
	creation: CommandOf<'create-conversation'>,
	behind: readonly Q[]
): Folded<Q> {
	const gone = new Set<UserId>();
	const spent = new Set<Q>();
	for (const [i, queued] of behind.entries()) {
		const { command } = queued;
		// Whether somebody may still be removed by who has handed it over, the server says.
		if (command.type === 'hand-over') break;
		if (command.type !== 'remove-member') continue;
		gone.add(command.person.id);
		for (const before of behind.slice(0, i + 1))
			if (isAbout(before.command, command.person.id)) spent.add(before);
	}
	if (gone.size === 0) return { creation, spent: [] };
	const { request, people } = creation;
	const { members, stood } = request;
	const places = stood?.places?.filter(({ user }) => !gone.has(user));
	return {
		creation: {
			...creation,
			request: {
				...request,
				members: members.filter((id) => !gone.has(id)),
				...(stood && places ? { stood: { ...stood, places } } : {})
			},
			people: people.filter(({ id }) => !gone.has(id))
		},
		spent: stood ? [] : [...spent]
	};
}

const isAbout = (command: Command, user: UserId): boolean =>
	(command.type === 'add-member' || command.type === 'remove-member' || command.type === 'change-role') &&
	command.person.id === user;
