/** What it takes to show the first screen: the code that is loaded, and the time until it is painted. */
import { join } from 'node:path';
import { mkdir, writeFile } from 'node:fs/promises';
import { bytesByRoute, type RouteBytes } from './loadBytes';
import { freezeInto, measurePaint, type Paint } from './loadPaint';
import { installApp } from './appScreens';
import { median, spread, table, times } from './figures';
import { openEngineLab } from './engineLab';

export interface LoadOptions {
	/** Cold starts of each. */
	readonly runs: number;
	/** In the conversation. */
	readonly messages: number;
	/** The app is built already, from whatever sources. */
	readonly built: boolean;
}

type Arm = 'skein' | 'static';
const ARMS: readonly Arm[] = ['skein', 'static'];

const results = join(import.meta.dirname, '../../.cache/bench');

export async function benchLoad(options: LoadOptions): Promise<void> {
	const { runs, messages, built } = options;
	const engine = await openEngineLab({ only: [], runs, sizes: [messages], list: 1, built });
	const paints: Record<Arm, Paint[]> = { skein: [], static: [] };
	let routes: readonly RouteBytes[];
	try {
		await engine.relay();
		routes = await bytesByRoute();
		const [filled] = await engine.filled();
		const { lab, tell } = engine;
		const profiles = { skein: filled!.profile, static: await lab.newProfile() };
		for (const arm of ARMS) await installApp(lab, profiles[arm]);
		const path = `/c/${filled!.set.conversations[0]!.conversation}`;
		await freezeInto(lab, profiles.skein, profiles.static, path);
		// The first of each warms the disk and is not counted.
		for (let run = 0; run <= runs; run++) {
			for (const arm of run % 2 === 0 ? ARMS : ARMS.toReversed()) {
				const paint = await measurePaint(lab, profiles[arm], path);
				if (run > 0) paints[arm].push(paint);
			}
			tell(`paints: ${run} of ${runs}`);
		}
	} finally {
		await engine.close();
	}
	await mkdir(results, { recursive: true });
	const name = `load-${new Date().toISOString().replaceAll(':', '-')}.json`;
	await writeFile(join(results, name), JSON.stringify({ options, routes, paints }, undefined, '\t'));
	console.log(`\n${paintTable(paints)}\n\n${routeTable(routes)}\n\nAll runs: .cache/bench/${name}`);
}

function paintTable(paints: Record<Arm, readonly Paint[]>): string {
	const largest = (arm: Arm) => paints[arm].map((paint) => paint.largest);
	const row = (said: string, arm: Arm) => [
		said,
		spread(paints[arm].map(({ first }) => first)),
		spread(largest(arm)),
		[...new Set(paints[arm].map(({ element }) => element))].join(', ')
	];
	return table(
		['a conversation, no network, 4 × slower', 'first paint', 'Largest Contentful Paint', 'of'],
		[
			row('Skein', 'skein'),
			row('the same markup, no code', 'static'),
			['ratio', '', times(median(largest('skein')) / median(largest('static'))), '']
		]
	);
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

const routeTable = (routes: readonly RouteBytes[]): string =>
	table(
		['route', 'files', 'raw', 'gzip', 'brotli'],
		routes.map(({ route, files, raw, gzip, brotli }) => [
			`\`${route}\``,
			String(files),
			kilobytes(raw),
			kilobytes(gzip),
			kilobytes(brotli)
		])
	);
