/** The figures as tables, and the ratios that are aimed at. A row that was not measured has no table. */
import { median, megabytes, ms, percentile, spread, table, times } from './figures';
import type { Arm, OpeningArm, OpeningRun } from './openings';
import type { EngineFigures } from './engineRows';
import type { EngineOptions } from './engine';

export function engineReport(figures: Partial<EngineFigures>, options: EngineOptions): string {
	const { openings, app, sending, catchingUp, list, bytes } = figures;
	const parts = [
		openings && openingsTable(openings, options),
		openings && ratio(openings, options.sizes),
		app && appTable(app, options),
		sending && sendingTable(sending),
		app && composerTable(app.composer),
		catchingUp && catchingUpTable(catchingUp),
		list && listTable(list, options.list),
		bytes && bytesTable(bytes)
	];
	return parts.filter((part) => part !== undefined).join('\n\n');
}

const count = (value: number): string => value.toLocaleString('en');

const of = (
	all: readonly OpeningRun[],
	arm: OpeningArm,
	size: number,
	key: 'open' | 'navigation' | 'heap'
): number[] => all.filter((run) => run.arm === arm && run.size === size).map((run) => run[key]);

function openingsTable(all: readonly OpeningRun[], { sizes, runs }: EngineOptions): string {
	const rows = sizes.map((size) => {
		const [skein, naive] = [of(all, 'skein', size, 'open'), of(all, 'naive', size, 'open')];
		return [
			count(size),
			spread(skein),
			spread(naive),
			times(median(naive) / median(skein)),
			spread(of(all, 'bare', size, 'open')),
			megabytes(median(of(all, 'skein', size, 'heap'))),
			megabytes(median(of(all, 'naive', size, 'heap'))),
			`${ms(median(of(all, 'skein', size, 'navigation')))} / ${ms(median(of(all, 'naive', size, 'navigation')))}`
		];
	});
	const head = [
		'messages',
		'Skein: open call to paint',
		'naive',
		'naive / Skein',
		'one bare read',
		'heap',
		'heap naive',
		'navigation before'
	];
	return `Cold start with no network, ${runs} runs, median (p10 – p90):\n\n${table(head, rows)}`;
}

function ratio(all: readonly OpeningRun[], sizes: readonly number[]): string {
	const [smallest, biggest] = [Math.min(...sizes), Math.max(...sizes)];
	const value = median(of(all, 'skein', biggest, 'open')) / median(of(all, 'skein', smallest, 'open'));
	return `${count(biggest)} against ${count(smallest)} messages: ${times(value)} (aim: at most 1.2)`;
}

function appTable({ screens, lists }: EngineFigures['app'], { sizes, list }: EngineOptions): string {
	const rows = sizes.map((size) => {
		const runs = screens.filter((each) => each.size === size);
		return [
			count(size),
			spread(runs.map(({ open }) => open)),
			spread(runs.map(({ navigation }) => navigation))
		];
	});
	rows.push([
		`list of ${count(list)}`,
		spread(lists.map(({ open }) => open)),
		spread(lists.map(({ navigation }) => navigation))
	]);
	return `The installed app with no network, from the shell of its service worker:\n\n${table(['messages', 'first database to paint', 'navigation to paint'], rows)}`;
}

const KEYPRESS_HEAD = ['keypress to paint', 'code p95', 'paint median', 'paint p95', 'within 16.7 ms'];

const keypressRow = (name: string, work: readonly number[], paint: readonly number[]): string[] => [
	name,
	work.length > 0 ? ms(percentile(work, 0.95)) : '–',
	ms(median(paint)),
	ms(percentile(paint, 0.95)),
	`${((100 * paint.filter((each) => each <= 16.7).length) / paint.length).toFixed(0)} %`
];

function sendingTable(runs: EngineFigures['sending']): string {
	const rows = runs.map(({ arm, size, keypresses }) =>
		keypressRow(
			`${arm}, ${count(size)}`,
			keypresses.map(({ work }) => work),
			keypresses.map(({ paint }) => paint)
		)
	);
	return `Sending with no network:\n\n${table(KEYPRESS_HEAD, rows)}`;
}

const composerTable = ({ size, keypresses, bare }: EngineFigures['app']['composer']): string =>
	`Sending with no network in the app:\n\n${table(KEYPRESS_HEAD, [
		keypressRow(`the app, ${count(size)}`, [], keypresses),
		keypressRow('a page that keeps nothing', [], bare)
	])}`;

function catchingUpTable({ skein, naive }: EngineFigures['catchingUp']): string {
	const rows = Object.entries(skein).map(([kind, runs]) => [
		`Skein, relay to screen, ${kind}`,
		spread(runs.map(({ total }) => total)),
		spread(runs.map(({ longest }) => longest)),
		runs.map(({ segmentsHere, segments }) => `${segmentsHere} of ${segments}`).join(', ')
	]);
	if (naive)
		rows.push([
			`naive, into ${count(naive.size)}, no network in between`,
			spread(naive.runs.map(({ total }) => total)),
			spread(naive.runs.map(({ longest }) => longest)),
			'–'
		]);
	return `10,000 entries written elsewhere:\n\n${table(['', 'line up to end on screen', 'longest frame', 'segments here'], rows)}`;
}

function listTable(arms: EngineFigures['list'], listed: number): string {
	const rows = (['skein', 'naive'] as const).map((arm) => [arm, spread(arms[arm].map(({ open }) => open))]);
	return `${count(listed)} conversations in the list, open call to first paint:\n\n${table(['', ''], rows)}`;
}

function bytesTable(arms: EngineFigures['bytes']): string {
	const row = (arm: Arm) => {
		const { text, documents, indexedDb, wire } = arms[arm];
		const share = (value: number) => `${value.toFixed(0)} (${times(value / text)})`;
		return [arm, text.toFixed(0), share(documents), share(indexedDb), share(wire)];
	};
	const head = ['bytes a message', 'its text', 'documents', 'IndexedDB', 'wire, one sent'];
	return table(head, [row('skein'), row('naive')]);
}
