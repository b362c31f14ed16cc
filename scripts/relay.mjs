/**
 * `npm run relay`: the relay alone, on the database that it shares with the app. The app is told where it is with
 * RELAY_URL, and hands it what it writes; docs/OPERATIONS.md says when that is of use. It installs nothing: that would
 * take the packages away from an app that runs.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nodeProblem, root } from './prepare.mjs';

const missing = existsSync(join(root, 'node_modules/tsx'))
	? undefined
	: 'Its packages are missing: run npm ci first.';
const problem = nodeProblem() ?? missing;
if (problem) {
	console.error(problem);
	process.exit(1);
}
if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
// The sources as they are: the relay has no screens to build.
const { register } = await import('tsx/esm/api');
register();
await import(new URL('./serveRelay.ts', import.meta.url).href);
