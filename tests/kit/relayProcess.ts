/** The built app with its relay as a process of its own, on data that outlives it. */
import Database from 'better-sqlite3';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');
const READY = /^Skein is at http:\/\/\S+:(\d+)$/;

export class RelayProcess {
	/** Where the server keeps its data: a folder of its own, gone after `dispose`. */
	readonly data: string;
	/** The folder whose build is served from the next start on. */
	release = root;
	#child: ChildProcess | undefined;
	#port: number | undefined;
	#said: string[] = [];

	private constructor(data: string) {
		this.data = data;
	}

	static async start(): Promise<RelayProcess> {
		const relay = new RelayProcess(await mkdtemp(join(tmpdir(), 'skein-data-')));
		await relay.restart();
		return relay;
	}

	/** Undefined while the server is down; another one after each start. */
	get port(): number | undefined {
		return this.#port;
	}

	/** What the server printed, for the report of a test that failed. */
	get output(): string {
		return this.#said.join('\n');
	}

	/** SIGKILL: no goodbye, no flush. Returns when the process is gone. */
	async kill(): Promise<void> {
		await this.#end('SIGKILL');
	}

	/** SIGTERM: the server ends what is under way. Returns its exit status. */
	async stop(): Promise<number | null> {
		return this.#end('SIGTERM');
	}

	/** Starts on the same data, with settings of its own if any are given. Returns when the server answers. */
	async restart(settings: Readonly<Record<string, string>> = {}): Promise<void> {
		if (this.#child) throw new Error('the relay is running: kill or stop it first');
		const child = spawn(process.execPath, ['scripts/serve.mjs'], {
			cwd: this.release,
			env: {
				...process.env,
				ORIGIN: undefined,
				SKEIN_PROXY: undefined,
				NODE_ENV: 'production',
				PORT: '0',
				HOST: '127.0.0.1',
				SKEIN_DATA: this.data,
				// All devices of a test are at one address.
				SKEIN_RATE_FACTOR: '0',
				...settings
			},
			stdio: ['ignore', 'pipe', 'pipe']
		});
		this.#child = child;
		child.stderr.on('data', (bytes) => this.#said.push(String(bytes)));
		this.#port = await new Promise<number>((resolve, reject) => {
			createInterface(child.stdout).on('line', (line) => {
				this.#said.push(line);
				const port = READY.exec(line)?.[1];
				// Behind an ORIGIN of its own it tells of that.
				if (port) resolve(Number(settings.PORT ?? port));
			});
			child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${this.output}`)));
		});
	}

	/** Ends all sessions of a user behind the server's back: sockets that are open stay so. */
	endSessionsOf(userId: string): void {
		const db = new Database(join(this.data, 'skein.db'));
		db.prepare('DELETE FROM sessions WHERE user_id = ?').run(userId);
		db.close();
	}

	async dispose(): Promise<void> {
		await this.kill();
		await rm(this.data, { recursive: true, force: true });
	}

	async #end(signal: NodeJS.Signals): Promise<number | null> {
		const child = this.#child;
		this.#child = undefined;
		this.#port = undefined;
		if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
		const exited = once(child, 'exit');
		child.kill(signal);
		const [code] = await exited;
		return code as number | null;
	}
}
