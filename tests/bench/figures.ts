/** Numbers as a person reads them. */

export function median(values: readonly number[]): number {
	return percentile(values, 0.5);
}

/** `share` from 0 to 1, by the nearest rank. NaN if there are no values. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
}

export const ms = (value: number): string =>
	Number.isNaN(value)
		? '–'
		: value === Infinity
			? 'never'
			: value < 10_000
				? `${value.toFixed(value < 10 ? 1 : 0)} ms`
				: `${(value / 1000).toFixed(1)} s`;

/** The median, and between which values four of five lie. */
export const spread = (values: readonly number[]): string =>
	values.length === 0
		? '–'
		: `${ms(median(values))} (${ms(percentile(values, 0.1))} – ${ms(percentile(values, 0.9))})`;

export const megabytes = (bytes: number): string =>
	Number.isNaN(bytes) ? '–' : `${(bytes / 2 ** 20).toFixed(1)} MB`;

export const times = (value: number): string =>
	Number.isNaN(value) ? '–' : `${value.toFixed(value < 10 ? 2 : 0)} ×`;

/** A table in Markdown, aligned. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)));
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
	return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join(
		'\n'
	);
}
