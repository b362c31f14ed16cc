/** A relay in a process of its own, on a database of its own, for attacks that last. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { HandledFrame } from '../../sync-server/meters';
import type { AttackedRelay } from './relayRound';
import type { Question, Usage } from '../bench/relay/servers/answering';
import type { Told } from './besiegedChild';

export interface BesiegedRelay extends AttackedRelay {
	/** What it holds, once its garbage is collected. */
	usage(): Promise<Usage>;
	dispose(): Promise<void>;
}

export async function startBesiegedRelay(): Promise<BesiegedRelay> {
	const folder = mkdtempSync(join(tmpdir(), 'skein-besieged-'));
	const child = fork(join(import.meta.dirname, 'besiegedChild.ts'), [join(folder, 'skein.db')], {
		execArgv: ['--import', 'tsx']
	});
	const exited = once(child, 'exit');
	const errors: string[] = [];
	const closings = new Map<number, number>();
	let slowestFrame: HandledFrame | undefined;
	let onUsage = (_usage: Usage) => {};
	let isWanted = true;
	child.on('message', (message: Told | Usage | { port: number }) => {
		if ('error' in message) errors.push(message.error);
		else if ('closed' in message) closings.set(message.closed, (closings.get(message.closed) ?? 0) + 1);
		else if ('slowest' in message) slowestFrame = message.slowest;
		else if ('residentBytes' in message) onUsage(message);
	});
	child.once('exit', (code, signal) => {
		if (isWanted) errors.push(`the relay ended by itself: ${code ?? signal}`);
	});
	const [{ port }] = (await once(child, 'message')) as [{ port: number }];
	const ask = (question: Question) => child.send(question);
	return {
		url: `ws://127.0.0.1:${port}/sync`,
		errors,
		closings,
		get slowestFrame() {
			return slowestFrame;
		},
		usage: () =>
			new Promise((resolve) => {
				onUsage = resolve;
				ask({ ask: 'usage', collect: true });
			}),
		async dispose() {
			isWanted = false;
			if (child.connected) ask({ ask: 'end' });
			await exited;
			rmSync(folder, { recursive: true });
		}
	};
}
