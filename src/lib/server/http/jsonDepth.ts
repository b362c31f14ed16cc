const [QUOTE, BACKSLASH, ARRAY, ARRAY_END, OBJECT, OBJECT_END] = [...'"\\[]{}'].map((sign) =>
	sign.charCodeAt(0)
);

/**
 * True if arrays and objects lie in one another deeper than that, in JSON as UTF-8. A look at each byte: read as values,
 * a quarter of a megabyte of brackets takes a hundred times as long.
 */
export function nestsBeyond(json: Uint8Array, max: number): boolean {
	let depth = 0;
	let isInText = false;
	for (let at = 0; at < json.length; at++) {
		const byte = json[at];
		if (byte === QUOTE) isInText = !isInText;
		else if (isInText) at += byte === BACKSLASH ? 1 : 0;
		else if (byte === ARRAY || byte === OBJECT) depth += 1;
		else if (byte === ARRAY_END || byte === OBJECT_END) depth -= 1;
		if (depth > max) return true;
	}
	return false;
}
