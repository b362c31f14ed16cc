/** The load generator: a process of its own that does one piece of work after the other, and says how it went. */
import { fanOut, type FanOutPlan, type FanOutResult } from './fanOut';

export interface Work {
	fanOut: { plan: FanOutPlan; result: FanOutResult };
}

export type Order = {
	[Name in keyof Work]: { readonly work: Name; readonly plan: Work[Name]['plan'] };
}[keyof Work];

export type Report = { readonly mark: string } | { readonly result: unknown } | { readonly failure: string };

const report = (said: Report): void => void process.send?.(said);
let goOn = () => {};

/** Says how far it is, and waits until it is told to go on. */
const measured = (mark: string): Promise<void> =>
	new Promise((resolve) => {
		goOn = resolve;
		report({ mark });
	});

function run(order: Order): Promise<unknown> {
	switch (order.work) {
		case 'fanOut':
			return fanOut(order.plan, measured);
	}
}

process.on('message', (said: Order | { readonly goOn: true }) => {
	if ('goOn' in said) return goOn();
	run(said).then(
		(result) => report({ result }),
		(error: unknown) =>
			report({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) })
	);
});
process.on('disconnect', () => process.exit(0));
