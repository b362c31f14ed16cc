/** A server under measurement as a process of its own, and a folder for what it keeps. */
import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Programs } from './programs';
import type { Question, Usage } from './servers/answering';
import type { ServerName } from './arms';

const ENDS_WITHIN_MS = 5_000;

export interface StartOptions {
	readonly programs: Programs;
	readonly server: ServerName;
	/** How long Skein's relay keeps a room that nobody is in, in milliseconds. */
	readonly idleMs?: number;
	/** A database file that is there already; without it an empty one that is gone with the server. */
	readonly file?: string;
	/** Where to put a profile of its CPU. */
	readonly profile?: string;
}

export class ServerProcess {
	readonly #child: ChildProcess;
	readonly #folder: string;

	private constructor(
		child: ChildProcess,
		folder: string,
		readonly port: number
	) {
		this.#child = child;
		this.#folder = folder;
	}

	static async start({ programs, server, idleMs, file, profile }: StartOptions): Promise<ServerProcess> {
		const folder = await mkdtemp(join(tmpdir(), 'skein-bench-'));
		const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
		const args = [...flags, programs[server], file ?? join(folder, 'skein.db')];
		if (idleMs !== undefined) args.push(String(idleMs));
		const child = spawn(process.execPath, args, {
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
			env: { ...process.env, NODE_ENV: 'production' }
		});
		const [said] = (await once(child, 'message')) as [{ port: number }];
		return new ServerProcess(child, folder, said.port);
	}

	/** What it has used so far; with `collect`, behind a garbage collection. */
	async usage({ collect = false } = {}): Promise<Usage> {
		const answered = once(this.#child, 'message');
		this.#ask({ ask: 'usage', collect });
		const [usage] = (await answered) as [Usage];
		return usage;
	}

	async end(): Promise<void> {
		const exited = once(this.#child, 'exit');
		this.#ask({ ask: 'end' });
		// One that an attack has frozen does not hear it.
		const killing = setTimeout(() => this.#child.kill('SIGKILL'), ENDS_WITHIN_MS);
		await exited;
		clearTimeout(killing);
		await rm(this.#folder, { recursive: true, force: true });
	}

	#ask(question: Question): void {
		this.#child.send(question);
	}
}
