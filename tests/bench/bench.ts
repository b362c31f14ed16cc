/**
 * `npm run bench -- engine [--runs 20] [--sizes 1000,10000,100000,1000000] [--list 1000]`
 * `npm run bench -- relay [--runs 3] [--seconds 5]`
 */
import { benchEngine } from './engine';
import { benchRelay } from './relay';

const [suite, ...rest] = process.argv.slice(2);

function option(name: string, otherwise: string): string {
	const at = rest.indexOf(`--${name}`);
	return at < 0 ? otherwise : (rest[at + 1] ?? otherwise);
}

if (suite === 'engine') {
	await benchEngine({
		runs: Number(option('runs', '20')),
		sizes: option('sizes', '1000,10000,100000,1000000').split(',').map(Number),
		list: Number(option('list', '1000')),
		built: rest.includes('--built')
	});
} else if (suite === 'relay') {
	await benchRelay({ runs: Number(option('runs', '3')), runMs: 1_000 * Number(option('seconds', '5')) });
} else {
	console.error('Usage: npm run bench -- engine|relay');
	process.exit(1);
}
