/** Groups of many that one user makes, and what somebody else waits meanwhile. */
import { userName } from '../../kit/manyPeople';
import { ask, enter, type Account } from './accounts';
import { ms, percentile, spread, table, times, median } from '../figures';
import { repeated, timed } from './timed';
import type { RelayProcess } from '../../kit/relayProcess';
import type { ServerOptions } from './serverOptions';

/** Groups that are asked for at once. */
const AT_ONCE = 6;

/** What it takes to make groups of many, and what a message and a change of profile of others take meanwhile. */
export async function crowds(server: RelayProcess, { runs, members }: ServerOptions): Promise<string> {
	const [maker, other] = [await enter(server, 'register', 'maker'), await enter(server, 'register', 'other')];
	const others = Array.from({ length: members - 1 }, (_, n) => userName(n));
	const group = () =>
		ask(server, 'POST', 'conversations', { kind: 'group', members: others, name: 'Fair' }, maker.token);
	const send = (text: string) => () => sendTo(server, other, other.user.id, text);
	const rename = () => ask(server, 'PATCH', 'me', { displayName: `Other ${Math.random()}` }, other.token);
	await send('Is anybody here?')();

	const making = await repeated(Math.max(3, Math.round(runs / 5)), group);
	const idle = { sends: await repeated(runs, send('at ease')), renames: await repeated(runs, rename) };
	const busy = { sends: [] as number[], renames: [] as number[] };
	const all = await timed(async () => {
		let isUnderWay = true;
		const groups = Promise.all(Array.from({ length: AT_ONCE }, group)).finally(() => (isUnderWay = false));
		do {
			busy.sends.push(await timed(send('in the crowd')));
			busy.renames.push(await timed(rename));
		} while (isUnderWay);
		await groups;
	});
	const row = (what: 'sends' | 'renames', name: string) => [
		name,
		spread(idle[what]),
		spread(busy[what]),
		ms(percentile(busy[what], 1)),
		times(median(busy[what]) / median(idle[what]))
	];
	return [
		table(
			[`A group of ${members}`, 'until it is answered'],
			[
				['one', spread(making)],
				[`${AT_ONCE} asked for at once`, ms(all)]
			]
		),
		table(
			[
				`Of somebody else, while ${AT_ONCE} groups of ${members} are made`,
				'at ease',
				'meanwhile',
				'longest',
				'ratio'
			],
			[row('sends', 'a message'), row('renames', 'another name')]
		)
	].join('\n\n');
}

const sendTo = (server: RelayProcess, { token }: Account, userId: string, text: string) =>
	ask(server, 'POST', 'messages/send', { userId, text }, token);
