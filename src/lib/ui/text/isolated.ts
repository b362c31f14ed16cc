import type { Direction } from '../../protocol/languages';

/** Letters that are written from right to left. */
const RTL = /[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}]/u;
/** Anything but such letters and what stands between their words. */
const NOT_RTL = /[^\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}\s]/u;

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

/**
 * A name or a piece of text as it may stand in a sentence of the direction: one that runs the other way is closed in, so
 * that it does not reorder what stands around it (UAX #9, explicit directional isolates). Others stay as they are.
 */
export function isolated(piece: string, direction: Direction): string {
	const differs = direction === 'rtl' ? NOT_RTL : RTL;
	return differs.test(piece) ? `${FIRST_STRONG_ISOLATE}${piece}${POP_DIRECTIONAL_ISOLATE}` : piece;
}
