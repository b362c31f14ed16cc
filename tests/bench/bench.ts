/**
 * `npm run bench -- engine [--only openings,sending] [--runs 20] [--sizes 1000,10000,100000,1000000] [--list 1000]`
 * `npm run bench -- relay [--only 20x10,1000x2,1x500,attacks,memory,resync,storm,startUp] [--runs 3] [--seconds 5]`
 * `npm run bench -- load [--runs 10] [--messages 1000]`
 * `npm run bench -- server [--runs 30] [--members 500] [--conversations 1000]`
 */
import { benchEngine } from './engine';
import { benchLoad } from './load';
import { benchRelay } from './relay';
import { benchServer } from './server';
import { ENGINE_ROWS, type EngineRow } from './engineRows';

const [suite, ...rest] = process.argv.slice(2);

function option(name: string, otherwise: string): string {
	const at = rest.indexOf(`--${name}`);
	return at < 0 ? otherwise : (rest[at + 1] ?? otherwise);
}

const engineRows = Object.keys(ENGINE_ROWS);
const isEngineRow = (name: string): name is EngineRow => engineRows.includes(name);

function problem(message: string): never {
	console.error(message);
	process.exit(1);
}

if (suite === 'engine') {
	const only = option('only', engineRows.join()).split(',');
	if (!only.every(isEngineRow)) problem(`--only takes some of ${engineRows.join()}`);
	await benchEngine({
		only,
		runs: Number(option('runs', '20')),
		sizes: option('sizes', '1000,10000,100000,1000000').split(',').map(Number),
		list: Number(option('list', '1000')),
		built: rest.includes('--built')
	});
} else if (suite === 'relay') {
	await benchRelay({
		only: option('only', '').split(',').filter(Boolean),
		runs: Number(option('runs', '3')),
		runMs: 1_000 * Number(option('seconds', '5')),
		profile: option('profile', '') || undefined
	});
} else if (suite === 'load') {
	await benchLoad({
		runs: Number(option('runs', '10')),
		messages: Number(option('messages', '1000')),
		built: rest.includes('--built')
	});
} else if (suite === 'server') {
	await benchServer({
		runs: Number(option('runs', '30')),
		members: Number(option('members', '500')),
		conversations: Number(option('conversations', '1000'))
	});
} else problem('Usage: npm run bench -- engine|load|relay|server');
