/** The built app as a process of its own behind a port that stays, so that devices find it again after a SIGKILL. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from '../../scripts/prepare.mjs';
import { RelayProcess } from '../kit/relayProcess';
import { startProxy } from '../kit/proxy';
import type { ReplayServer } from './replayRun';

export interface OwnServer extends ReplayServer {
	/** Bytes of what the relay keeps on disk. */
	dataBytes(): Promise<number>;
	dispose(): Promise<void>;
}

/** Builds the app first if its sources changed. */
export async function startOwnServer(): Promise<OwnServer> {
	await build();
	const relay = await RelayProcess.start();
	const proxy = await startProxy(() => relay.port);
	return {
		origin: `http://127.0.0.1:${proxy.port}`,
		relay,
		async dataBytes() {
			const names = await readdir(relay.data);
			const sizes = await Promise.all(names.map(async (name) => (await stat(join(relay.data, name))).size));
			return sizes.reduce((sum, size) => sum + size, 0);
		},
		async dispose() {
			await proxy.close();
			await relay.dispose();
		}
	};
}
