/** The load generator, seen from the benchmark. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Order, Report, Work } from './load/load';
import type { Programs } from './programs';

export class LoadProcess {
	readonly #child: ChildProcess;

	constructor(programs: Programs) {
		this.#child = fork(programs.load, { stdio: 'inherit' });
	}

	/** Has a piece of work done. At each of its marks it waits until `onMark` has settled. */
	async run<Name extends keyof Work>(
		work: Name,
		plan: Work[Name]['plan'],
		onMark: (mark: string) => Promise<void> = async () => {}
	): Promise<Work[Name]['result']> {
		const order = { work, plan } as Order;
		this.#child.send(order);
		for (;;) {
			const [report] = (await once(this.#child, 'message')) as [Report];
			if ('failure' in report) throw new Error(report.failure);
			if ('result' in report) return report.result as Work[Name]['result'];
			await onMark(report.mark);
			this.#child.send({ goOn: true });
		}
	}

	async end(): Promise<void> {
		const exited = once(this.#child, 'exit');
		this.#child.disconnect();
		await exited;
	}
}
