/** Who plays a log: an account for each of the busiest nicks and one for the rest, with their devices. */
import { createApi } from '../../src/lib/sync/api';
import type { Answer } from '../../src/lib/sync/answer';
import { nicksOf, type IrcLine } from './ircLog';
import { ReplayDevice, type ReplayDeviceOptions } from './replayDevice';
import type { OwnUser, SessionAnswer } from '../../src/lib/protocol/rest';

export interface Cast {
	readonly people: readonly OwnUser[];
	readonly devices: readonly ReplayDevice[];
	/** The devices that write a nick's lines. */
	devicesOf(nick: string): readonly ReplayDevice[];
	/** One more device of the first person, with nothing on its disk. */
	newcomer(): Promise<ReplayDevice>;
}

export type CastOptions = Pick<ReplayDeviceOptions, 'origin' | 'clock' | 'traffic'> & {
	readonly lines: readonly IrcLine[];
	readonly people: number;
	/** Keeps the usernames of one replay apart from those of another on the same server. */
	readonly tag: string;
};

const PASSWORD = 'a replay needs no secret';

/** Registers everyone. Throws if the server refuses. Every third person has two devices. */
export async function castReplay({ lines, people, tag, ...shared }: CastOptions): Promise<Cast> {
	const api = createApi({ origin: shared.origin });
	const nicks = nicksOf(lines);
	const roles = nicks.slice(0, people);
	const rest = nicks.length > people ? ['everyone else'] : [];
	const users: OwnUser[] = [];
	const devices: ReplayDevice[] = [];
	const byRole = new Map<string, ReplayDevice[]>();

	const open = (role: string, { user, token }: SessionAnswer, nth: number) =>
		ReplayDevice.open({ ...shared, name: `${role} (device ${nth})`, self: user, token });

	for (const [i, role] of [...roles, ...rest].entries()) {
		const account = { username: usernameOf(role, i, tag), password: PASSWORD };
		const session = expectOk(await api.register({ ...account, displayName: role.slice(0, 64) }));
		users.push(session.user);
		const own = [await open(role, session, 1)];
		if (i % 3 === 0 && i < roles.length) own.push(await open(role, expectOk(await api.login(account)), 2));
		byRole.set(role, own);
		devices.push(...own);
	}
	return {
		people: users,
		devices,
		devicesOf: (nick) => byRole.get(nick) ?? byRole.get(rest[0]!)!,
		newcomer: async () =>
			open('newcomer', expectOk(await api.login({ username: users[0]!.username, password: PASSWORD })), 1)
	};
}

const usernameOf = (role: string, i: number, tag: string): string =>
	`${tag}-${i}-${role.replace(/[^a-zA-Z0-9]/g, '')}`.slice(0, 32);

function expectOk<T>(answer: Answer<T>): T {
	if (!answer.ok) throw new Error(`the server refused: ${answer.status} ${answer.code} ${answer.message}`);
	return answer.value;
}
