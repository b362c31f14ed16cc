/**
 * Text by strangers, made safe to show: whatever a message or a name holds, it stays in its place on the screen and
 * hides nothing. All of it is linear in the text's length. Deliberately absent: limits on combining marks, which some
 * scripts need and which the screen clips.
 */

/** Embeddings and overrides: they can make a text read as another one, and isolates do what they were for. */
const OVERRIDES = /[\u202a-\u202e]/g;
const ISOLATE_START = /[\u2066-\u2068]/;
const ISOLATE_END = '\u2069';
const ISOLATES = /[\u2066-\u2069]/g;
const LINE_BREAKS = /\r\n?|[\u0085\u2028\u2029]/g;
/** Controls other than tab and line feed: C0, DELETE, C1. */
const CONTROLS = /(?![\t\n])\p{Cc}/gu;
const INVISIBLE_IN_NAMES = /[\p{Cc}\p{Cf}\p{Co}]|(?=\p{DI})\p{Cn}/gu;
/** What joins letters and emoji, among the format characters: names in Persian and families need them. */
const JOINERS = new Set(['\u200c', '\u200d']);

/** What stands where a text shows nothing: the picture of a blank. */
const BLANK = '\u2423';

/**
 * A message's text for the screen, never without anything to see: line breaks are all line feeds, control characters show as their pictures (U+2400
 * and on), bidirectional overrides are gone, isolates end on the line they begin on, lone surrogates are U+FFFD.
 */
export function shownText(text: string): string {
	const plain = text
		.toWellFormed()
		.replace(LINE_BREAKS, '\n')
		.replace(CONTROLS, pictureOf)
		.replace(OVERRIDES, '');
	if (isBlank(plain)) return BLANK;
	return ISOLATE_START.test(plain) || plain.includes(ISOLATE_END)
		? plain.split('\n').map(withClosedIsolates).join('\n')
		: plain;
}

/** Marks around words that the message itself does not show (markdown.ts): code, in which there are no others, and what is strong. */
const MARKED = /(`+)([^`]+)\1|\*\*(?!\s)(.*?\S)\*\*/g;

/** The start of a text of a message on one line, for lists and quotes: as `textStart`, without the marks around words. */
export function textPreview(text: string, max: number): string {
	const looked = 4 * max;
	return textStart(text.slice(0, looked).replace(MARKED, '$2$3') + text.slice(looked), max);
}

/** The start of a text on one line: at most `max` UTF-16 units, with an ellipsis if it was cut. Of no text, nothing. */
export function textStart(text: string, max: number): string {
	if (text === '') return '';
	// What lies far behind the cut need not be looked at, however long the text.
	const start = shownText(text.slice(0, 4 * max));
	const line = start.replace(/\s+/g, ' ').trim();
	if (line.length <= max && text.length <= 4 * max) return line;
	return `${withClosedIsolates(withoutLooseEnd(line.slice(0, max - 1)))}…`;
}

/** True if a text shows nothing: blanks, controls and invisible characters alone. */
export const isBlank = (text: string): boolean =>
	!/[^\p{Cc}\p{Cs}\p{Cf}\p{Z}\p{M}\p{DI}\u2800\u{1d159}]/u.test(text);

/**
 * A name for the screen: on one line, composed, without controls and direction marks, at most `max` UTF-16 units.
 * Empty if nothing of it can be seen: show the username then.
 */
export function cleanName(name: string, max: number): string {
	const visible = name
		.slice(0, 4 * max)
		.toWellFormed()
		.replace(/\s+/g, ' ')
		.replace(INVISIBLE_IN_NAMES, (character) => (JOINERS.has(character) ? character : ''));
	const line = visible.replace(/ +/g, ' ').normalize('NFC');
	const cut = withoutLooseEnd(line.trim().slice(0, max));
	return isBlank(cut) ? '' : cut;
}

function pictureOf(control: string): string {
	const code = control.charCodeAt(0);
	if (code < 0x20) return String.fromCharCode(0x2400 + code);
	return code === 0x7f ? '\u2421' : '\ufffd';
}

/** Ends what begins on this line and begins elsewhere nothing: an isolate must not reach what stands beside it. */
function withClosedIsolates(line: string): string {
	let open = 0;
	const matched = line.replace(ISOLATES, (mark) => {
		if (mark !== ISOLATE_END) {
			open++;
			return mark;
		}
		if (open === 0) return '';
		open--;
		return mark;
	});
	return matched + ISOLATE_END.repeat(open);
}

/** Without what a cut left hanging at the end: the first half of a pair, a joiner, blanks. */
const withoutLooseEnd = (text: string): string => text.replace(/[\s\ud800-\udbff\u200d]+$/, '');
