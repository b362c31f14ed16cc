/** `npm start`: installs and builds what is missing, then serves. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, nodeProblem, root } from './prepare.mjs';

const problem = nodeProblem();
if (problem) {
	console.error(problem);
	process.exit(1);
}
try {
	await install();
	await build();
	if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
	await import('./serve.mjs');
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
