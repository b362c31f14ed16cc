/** A bot of `docs/bots` as a process of its own, as its operator would run it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export class BotProcess {
	readonly #child: ChildProcess;
	/** What it has said. */
	output = '';

	/** `file` is under `docs/bots`. */
	constructor(file: string, env: Readonly<Record<string, string>>) {
		const loader = file.endsWith('.ts') ? ['--import', 'tsx'] : [];
		this.#child = spawn(process.execPath, [...loader, join('docs/bots', file)], {
			cwd: root,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe']
		});
		for (const stream of [this.#child.stdout, this.#child.stderr])
			stream?.on('data', (chunk) => (this.output += chunk));
	}

	get isRunning(): boolean {
		return this.#child.exitCode === null && this.#child.signalCode === null;
	}

	async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
		if (!this.isRunning) return;
		const gone = once(this.#child, 'exit');
		this.#child.kill(signal);
		await gone;
	}
}
