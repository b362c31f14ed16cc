/** The figures as tables, and the ratios that are aimed at. */
import { median, megabytes, ms, percentile, spread, table, times } from './figures';
import type { Arm, OpeningArm, OpeningRun } from './openings';
import type { BytesPerMessage } from './bytes';
import type { CatchingUp, WrittenElsewhere } from './catchingUp';
import type { EngineOptions } from './engine';
import type { Frames, Opening } from './pages/paint';
import type { ScreenOpening } from './appScreens';
import type { SendingRun } from './sending';

export interface EngineFigures {
	readonly options: EngineOptions;
	readonly openings: readonly OpeningRun[];
	readonly caughtUp: Record<WrittenElsewhere, CatchingUp>;
	readonly caughtUpNaive: (Frames & { readonly size: number }) | undefined;
	readonly sending: readonly SendingRun[];
	readonly listing: Record<Arm, readonly Opening[]>;
	readonly bytes: Record<Arm, BytesPerMessage>;
	readonly screens: readonly (ScreenOpening & { readonly size: number })[];
	readonly lists: readonly ScreenOpening[];
	readonly composer: readonly number[];
}

export const engineReport = (figures: EngineFigures): string =>
	[
		openings(figures),
		ratios(figures),
		app(figures),
		sending(figures),
		catchingUp(figures),
		list(figures),
		bytes(figures)
	].join('\n\n');

const of = <Key extends 'open' | 'navigation' | 'heap'>(
	{ openings: all }: EngineFigures,
	arm: OpeningArm,
	size: number,
	key: Key
): number[] => all.filter((run) => run.arm === arm && run.size === size).map((run) => run[key]);

function openings(figures: EngineFigures): string {
	const rows = figures.options.sizes.map((size) => {
		const [skein, naive] = [of(figures, 'skein', size, 'open'), of(figures, 'naive', size, 'open')];
		return [
			size.toLocaleString('en'),
			spread(skein),
			spread(naive),
			times(median(naive) / median(skein)),
			spread(of(figures, 'bare', size, 'open')),
			megabytes(median(of(figures, 'skein', size, 'heap'))),
			megabytes(median(of(figures, 'naive', size, 'heap'))),
			`${ms(median(of(figures, 'skein', size, 'navigation')))} / ${ms(median(of(figures, 'naive', size, 'navigation')))}`
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
	return `Cold start with no network, ${figures.options.runs} runs, medians (quartiles):\n\n${table(head, rows)}`;
}

function ratios(figures: EngineFigures): string {
	const { sizes } = figures.options;
	const [smallest, biggest] = [Math.min(...sizes), Math.max(...sizes)];
	const ratio =
		median(of(figures, 'skein', biggest, 'open')) / median(of(figures, 'skein', smallest, 'open'));
	return `${biggest.toLocaleString('en')} against ${smallest.toLocaleString('en')} messages: ${times(ratio)} (aim: at most 1.2)`;
}

function app({ screens, lists, options }: EngineFigures): string {
	const rows = options.sizes.map((size) => {
		const runs = screens.filter((each) => each.size === size);
		return [
			size.toLocaleString('en'),
			spread(runs.map(({ open }) => open)),
			spread(runs.map(({ navigation }) => navigation))
		];
	});
	rows.push([
		`list of ${options.list.toLocaleString('en')}`,
		spread(lists.map(({ open }) => open)),
		spread(lists.map(({ navigation }) => navigation))
	]);
	return `The installed app with no network, from the shell of its service worker:\n\n${table(['messages', 'first database to paint', 'navigation to paint'], rows)}`;
}

function sending({ sending: runs, composer, options }: EngineFigures): string {
	const row = (name: string, work: readonly number[], paint: readonly number[]) => [
		name,
		work.length > 0 ? ms(percentile(work, 0.95)) : '–',
		ms(median(paint)),
		ms(percentile(paint, 0.95)),
		`${((100 * paint.filter((each) => each <= 16.7).length) / paint.length).toFixed(0)} %`
	];
	const rows = runs.map(({ arm, size, keypresses }) =>
		row(
			`${arm}, ${size.toLocaleString('en')}`,
			keypresses.map(({ work }) => work),
			keypresses.map(({ paint }) => paint)
		)
	);
	rows.push(row(`the app, ${Math.max(...options.sizes).toLocaleString('en')}`, [], composer));
	const head = ['keypress to paint', 'code p95', 'paint median', 'paint p95', 'within 16.7 ms'];
	return `Sending with no network:\n\n${table(head, rows)}`;
}

function catchingUp({ caughtUp, caughtUpNaive }: EngineFigures): string {
	const rows = Object.entries(caughtUp).map(([kind, { total, longest, segmentsHere, segments }]) => [
		`Skein, relay to screen, ${kind}`,
		ms(total),
		ms(longest),
		`${segmentsHere} of ${segments}`
	]);
	if (caughtUpNaive)
		rows.push([
			`naive, into ${caughtUpNaive.size.toLocaleString('en')}, no network in between`,
			ms(caughtUpNaive.total),
			ms(caughtUpNaive.longest),
			'–'
		]);
	return `10,000 entries written elsewhere:\n\n${table(['', 'line up to end on screen', 'longest frame', 'segments here'], rows)}`;
}

function list({ listing, options }: EngineFigures): string {
	const rows = (['skein', 'naive'] as const).map((arm) => [
		arm,
		spread(listing[arm].map(({ open }) => open))
	]);
	return `${options.list.toLocaleString('en')} conversations in the list, open call to first paint:\n\n${table(['', ''], rows)}`;
}

function bytes({ bytes: all }: EngineFigures): string {
	const row = (arm: Arm) => {
		const { text, documents, indexedDb, wire } = all[arm];
		const share = (value: number) => `${value.toFixed(0)} (${times(value / text)})`;
		return [arm, text.toFixed(0), share(documents), share(indexedDb), share(wire)];
	};
	const head = ['bytes a message', 'its text', 'documents', 'IndexedDB', 'wire, one sent'];
	return table(head, [row('skein'), row('naive')]);
}
