/** The shapes of an icon of the `lucide` package, as it has them: on a field of 24 by 24, drawn by their outline. */
export type IconShapes = readonly (readonly [tag: string, attributes: Readonly<Record<string, string>>])[];

/** All of an icon as the data of one SVG path. Throws for a shape that is none of those which our icons are made of. */
export const pathOf = (shapes: IconShapes): string => shapes.map(outline).join('');

function outline([tag, { d, cx, cy, r, x, y, width, height, rx = '0' }]: IconShapes[number]): string {
	// By themselves their data begin at 0 0 if they begin with a small m; behind another's they would begin at its end.
	if (tag === 'path') return `M0 0${d}`;
	if (tag === 'circle')
		return `M${cx} ${cy}m-${r} 0a${r} ${r} 0 1 0 ${2 * +r!} 0a${r} ${r} 0 1 0 -${2 * +r!} 0`;
	if (tag !== 'rect') throw new Error(`no outline of <${tag}>`);
	const [across, down] = [+width! - 2 * +rx, +height! - 2 * +rx];
	const corner = (to: string) => `a${rx} ${rx} 0 0 1 ${to}`;
	return [
		`M${+x! + +rx} ${y}h${across}`,
		`${corner(`${rx} ${rx}`)}v${down}`,
		`${corner(`-${rx} ${rx}`)}h-${across}`,
		`${corner(`-${rx} -${rx}`)}v-${down}`,
		`${corner(`${rx} -${rx}`)}z`
	].join('');
}
