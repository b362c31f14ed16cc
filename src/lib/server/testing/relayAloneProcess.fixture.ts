/** `npm run relay` as a process of its own on a lab's data, to be killed and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../../../..');

export class RelayAloneProcess {
	readonly #data: string;
	#child: ChildProcess | undefined;
	#port = 0;

	constructor(data: string) {
		this.#data = data;
	}

	/** `http://127.0.0.1:<port>`, the same after each start. */
	get url(): string {
		return `http://127.0.0.1:${this.#port}`;
	}

	/** Settles once it listens. */
	async start(): Promise<void> {
		const env = { ...process.env, SKEIN_DATA: this.#data, SKEIN_LOG: 'error', PORT: String(this.#port) };
		const child = spawn(process.execPath, ['scripts/relay.mjs'], {
			cwd: root,
			env: { ...env, HOST: '127.0.0.1', ORIGIN: '', SKEIN_PROXY: '' },
			stdio: ['ignore', 'pipe', 'inherit']
		});
		this.#child = child;
		const lines = createInterface(child.stdout);
		const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [string];
		this.#port = Number(/^The relay is at http:\/\/127\.0\.0\.1:(\d+)$/.exec(line)?.[1]);
	}

	/** Settles with its exit status: null if it was killed. */
	async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
		const child = this.#child;
		this.#child = undefined;
		if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
		const exited = once(child, 'exit');
		child.kill(signal);
		return (await exited)[0] as number | null;
	}
}
