/** Relays that are killed at a place of the test's choice, and the children that are them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** Where a relay kills itself. `during` is from another thread, while SQLite works. */
export type CrashPoint =
	| 'never'
	| 'before append'
	| 'in the transaction of append'
	| 'during append'
	| 'after append'
	| 'between socket writes'
	| 'before replace'
	| 'in the transaction of replace'
	| 'during replace'
	| 'after replace'
	| 'before scrub'
	| 'during scrub'
	| 'after scrub'
	| 'before the next segment begins'
	| 'after the next segment began'
	| 'as it tells of a full segment';

export interface CrashPlan {
	readonly file: string;
	readonly point: CrashPoint;
	/** It passes there so many times before. */
	readonly passes: number;
	/** `during`: so many microseconds after it began. `between socket writes`: writes after the commit. */
	readonly after: number;
}

/** Messages of a segment. */
export const CRASH_SEGMENT_MAX = 12;

const CHILD = join(import.meta.dirname, 'crashChild.fixture.ts');

/** Starts the next process while one runs: what takes long is Node's own start. */
export class CrashChildren {
	#next: ChildProcess = this.#spawn();

	/** Settles once the relay listens; the url is undefined if it was dead before that. */
	async start(plan: CrashPlan): Promise<{ url: string | undefined; exited: Promise<unknown>; kill(): void }> {
		const child = this.#next;
		this.#next = this.#spawn();
		const exited = once(child, 'exit');
		child.stdin!.write(`${JSON.stringify(plan)}\n`);
		const [port] = await Promise.race([once(createInterface(child.stdout!), 'line'), exited]);
		if (child.exitCode !== null) throw new Error(`the relay ended with ${child.exitCode}`);
		const url = child.signalCode === null ? `ws://127.0.0.1:${port}/sync` : undefined;
		return { url, exited, kill: () => child.kill('SIGKILL') };
	}

	#spawn(): ChildProcess {
		const child = spawn(process.execPath, ['--import', 'tsx', CHILD], { stdio: ['pipe', 'pipe', 'inherit'] });
		onTestFinished(() => void child.kill('SIGKILL'));
		return child;
	}
}
