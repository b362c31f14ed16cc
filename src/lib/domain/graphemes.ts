let graphemes: Intl.Segmenter | undefined;

/**
 * What people take for one sign each (Unicode Annex #29). The segmenter is made when it is first needed: as a
 * page's first of Intl it takes as long as reading a segment's messages, and it would be in the way of asking the disk.
 */
export const graphemesOf = (text: string): Intl.Segments =>
	(graphemes ??= new Intl.Segmenter('und', { granularity: 'grapheme' })).segment(text);
