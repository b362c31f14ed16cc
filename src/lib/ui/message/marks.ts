/** Longer ones are shown as they were typed: reading marks takes longer than in proportion. */
const MARKED_MAX = 4_000;
/** Signs that may be marks (markdown.ts): most messages have none, and need nothing to read them. */
const MARKS = /[*_`]|^ {0,3}(?:>|[-+] |\d{1,9}[.)] )|\]\(/m;

/** The text may hold marks. */
export const mayBeMarked = (text: string): boolean => text.length <= MARKED_MAX && MARKS.test(text);
