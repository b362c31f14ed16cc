/** A server under measurement: it says its port, and answers what it has used so far. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';

/** Since the process began, and what it holds now. */
export interface Usage {
	/** Of all threads, user and system, in seconds. */
	readonly cpuSeconds: number;
	readonly residentBytes: number;
	/** Live objects, and the bytes behind them. */
	readonly heldBytes: number;
	readonly detail: Record<string, number>;
}

export type Question = { readonly ask: 'usage'; readonly collect: boolean } | { readonly ask: 'end' };

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export function answer(server: Server, detail: () => Record<string, number>): void {
	server.on('upgrade', (_request, socket) => socket.on('error', () => socket.destroy()));
	server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
	process.on('message', (question: Question) => {
		if (question.ask === 'end') process.exit(0);
		if (question.collect) collectGarbage();
		process.send?.(usage(detail()));
	});
	process.on('disconnect', () => process.exit(0));
}

function usage(detail: Record<string, number>): Usage {
	const { user, system } = process.cpuUsage();
	const { rss, heapUsed, external } = process.memoryUsage();
	return { cpuSeconds: (user + system) / 1e6, residentBytes: rss, heldBytes: heapUsed + external, detail };
}
