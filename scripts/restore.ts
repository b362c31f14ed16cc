/** `npm run restore -- FILE`: puts a backup in the place of the database, and keeps what was there. Skein must not run. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { started } from './httpEntry.mjs';
import { root } from './prepare.mjs';
import { restore } from './savedCopies';
import { StartProblem } from '../src/lib/server/startProblem';

if (existsSync(resolve(root, '.env'))) process.loadEnvFile(resolve(root, '.env'));
const [file] = process.argv.slice(2);
await started(() => {
	if (!file) throw new StartProblem('Say which backup: npm run restore -- /backups/skein-2027-01-31.db');
	const stamp = new Date().toISOString().replaceAll(':', '.');
	const aside = restore(resolve(root, process.env.SKEIN_DATA || 'data'), resolve(file), stamp);
	console.log(`The database is the one of ${resolve(file)} now.`);
	if (aside) console.log(`The one before is kept as ${aside}`);
});
