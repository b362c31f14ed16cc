/** The dyes without a meaning: people's swatches and conversations' yarns. */
const DYES = ['slate', 'walnut', 'lichen', 'verdigris', 'woad', 'heather', 'brick', 'bronze'] as const;
export type Dye = (typeof DYES)[number];

/** The dye of an id: always the same one, on every device. FNV-1a, 32 bits, folded to three. */
export function dyeOf(id: string): Dye {
	return DYES[hash(id) % DYES.length]!;
}

/** A second dye for a group's selvedge, never the first one. */
export function secondDyeOf(id: string): Dye {
	const value = hash(id);
	return DYES[(value + 1 + ((value >>> 8) % (DYES.length - 1))) % DYES.length]!;
}

function hash(id: string): number {
	let value = 0x811c9dc5;
	for (let i = 0; i < id.length; i++) value = Math.imul(value ^ id.charCodeAt(i), 0x01000193);
	return (value ^ (value >>> 15)) >>> 0;
}
