/** What the server's own work costs: a change in a large group, groups that are made, a login with many conversations, and a refused login. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { addPeople } from '../kit/manyPeople';
import { build } from '../../scripts/prepare.mjs';
import { changes } from './server/changes';
import { crowds } from './server/crowds';
import { logins } from './server/logins';
import { refusals } from './server/refusals';
import { RelayProcess } from '../kit/relayProcess';
import type { ServerOptions } from './server/serverOptions';

export async function benchServer(options: ServerOptions): Promise<void> {
	await build();
	const server = await RelayProcess.start();
	try {
		const db = new Database(join(server.data, 'skein.db'));
		addPeople(db, options.members);
		db.close();
		const parts = [
			await changes(server, options),
			await crowds(server, options),
			await logins(server, options),
			await refusals(server, options)
		];
		console.log(`\n${parts.join('\n\n')}`);
	} finally {
		await server.dispose();
	}
}
