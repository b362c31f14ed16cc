/** The load generator: a process of its own that does one piece of work after the other, and says how it went. */
import { attack, type AttackPlan } from './attack';
import { connections, rooms, type ConnectionsPlan, type RoomsPlan } from './memory';
import { fanOut, type FanOutPlan, type FanOutResult } from './fanOut';
import { join, type JoinPlan, type JoinResult } from './join';
import { resync, type ResyncPlan, type ResyncResult } from './resync';
import { storm, type StormPlan, type StormResult } from './storm';
import type { Marked } from './marked';

export interface Work {
	fanOut: { plan: FanOutPlan; result: FanOutResult };
	attack: { plan: AttackPlan; result: null };
	connections: { plan: ConnectionsPlan; result: null };
	rooms: { plan: RoomsPlan; result: null };
	resync: { plan: ResyncPlan; result: ResyncResult };
	storm: { plan: StormPlan; result: StormResult };
	join: { plan: JoinPlan; result: JoinResult };
}

type Doing = {
	readonly [Name in keyof Work]: (plan: Work[Name]['plan'], marked: Marked) => Promise<Work[Name]['result']>;
};

const DOING: Doing = { fanOut, attack, connections, rooms, resync, storm, join };

export type Order = {
	[Name in keyof Work]: { readonly work: Name; readonly plan: Work[Name]['plan'] };
}[keyof Work];

export type Report = { readonly mark: string } | { readonly result: unknown } | { readonly failure: string };

const report = (said: Report): void => void process.send?.(said);
let goOn = () => {};

/** Says how far it is, and waits until it is told to go on. */
const marked: Marked = (mark) =>
	new Promise((resolve) => {
		goOn = resolve;
		report({ mark });
	});

process.on('message', (said: Order | { readonly goOn: true }) => {
	if ('goOn' in said) return goOn();
	const { work, plan } = said;
	DOING[work as 'fanOut'](plan as FanOutPlan, marked).then(
		(result) => report({ result }),
		(error: unknown) =>
			report({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) })
	);
});
process.on('disconnect', () => process.exit(0));
