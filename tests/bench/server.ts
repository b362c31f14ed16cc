/** What the server's own work costs: a change in a large group, a login with many conversations, and a refused login. */
import { build } from '../../scripts/prepare.mjs';
import { changes } from './server/changes';
import { logins } from './server/logins';
import { refusals } from './server/refusals';
import { RelayProcess } from '../kit/relayProcess';
import type { ServerOptions } from './server/serverOptions';

export async function benchServer(options: ServerOptions): Promise<void> {
	build();
	const server = await RelayProcess.start();
	try {
		const parts = [
			await changes(server, options),
			await logins(server, options),
			await refusals(server, options)
		];
		console.log(`\n${parts.join('\n\n')}`);
	} finally {
		await server.dispose();
	}
}
