/** `npm run rebuild`: has the documents that the server writes made anew from SQL at the next start. Skein must not run. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { started } from './httpEntry.mjs';
import { root } from './prepare.mjs';
import { rebuild } from './savedCopies';

if (existsSync(resolve(root, '.env'))) process.loadEnvFile(resolve(root, '.env'));
await started(() => {
	const documents = rebuild(resolve(root, process.env.SKEIN_DATA || 'data'));
	console.log(`${documents} documents will be written anew at the next start`);
});
