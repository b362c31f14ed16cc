/** `npm run backup -- FILE`: copies the database into a new file, while Skein runs or not. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { started } from './httpEntry.mjs';
import { root } from './prepare.mjs';
import { backUp } from './savedCopies';
import { StartProblem } from '../src/lib/server/startProblem';

if (existsSync(resolve(root, '.env'))) process.loadEnvFile(resolve(root, '.env'));
const [file] = process.argv.slice(2);
await started(() => {
	if (!file) throw new StartProblem('Say where to: npm run backup -- /backups/skein-2027-01-31.db');
	backUp(resolve(root, process.env.SKEIN_DATA || 'data'), resolve(file));
	console.log(`The database is copied to ${resolve(file)}`);
});
