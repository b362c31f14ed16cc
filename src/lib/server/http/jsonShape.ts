const [QUOTE, BACKSLASH, ARRAY, ARRAY_END, OBJECT, OBJECT_END, COMMA] = [...'"\\[]{},'].map((sign) =>
	sign.charCodeAt(0)
);

interface Shape {
	/** How many arrays and objects lie in one another. */
	readonly depth: number;
	/** Commas between values, of all arrays and objects together. */
	readonly commas: number;
}

/**
 * True if JSON, as UTF-8, is deeper than that or has more commas. A look at each byte: read as values, a quarter of a
 * megabyte of brackets takes a hundred times as long, and one of short keys ten times.
 */
export function isBeyond(json: Uint8Array, most: Shape): boolean {
	let depth = 0;
	let commas = 0;
	let isInText = false;
	for (let at = 0; at < json.length; at++) {
		const byte = json[at];
		if (byte === QUOTE) isInText = !isInText;
		else if (isInText) at += byte === BACKSLASH ? 1 : 0;
		else if (byte === ARRAY || byte === OBJECT) depth += 1;
		else if (byte === ARRAY_END || byte === OBJECT_END) depth -= 1;
		else if (byte === COMMA) commas += 1;
		if (depth > most.depth || commas > most.commas) return true;
	}
	return false;
}
