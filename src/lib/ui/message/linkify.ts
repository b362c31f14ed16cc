/** A piece of a message: plain text, or an address that may be followed. */
export type Piece = { readonly text: string } | { readonly text: string; readonly href: string };

/** No spaces, quotes, controls or invisible format characters: what a link shows is where it leads. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\p{Cc}\p{Cf}]+/giu;
/** Signs that end a sentence around an address rather than the address. */
const TRAILING = /[.,;:!?…*_~”’»]+$/u;
const PAIRS: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** Splits a text into plain pieces and http(s) links. The pieces together are the text, unchanged. */
export function linkify(text: string): Piece[] {
	const pieces: Piece[] = [];
	let end = 0;
	for (const match of text.matchAll(ADDRESS)) {
		const address = trimmed(match[0]);
		const href = safeHref(address);
		if (href === undefined) continue;
		if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
		pieces.push({ text: address, href });
		end = match.index + address.length;
	}
	if (end < text.length) pieces.push({ text: text.slice(end) });
	return pieces;
}

/** Without closing signs that belong to the sentence: a bracket stays only if it was opened in the address. */
function trimmed(address: string): string {
	for (;;) {
		const shorter = address.replace(TRAILING, '');
		const last = shorter.at(-1) ?? '';
		const opening = PAIRS[last];
		const open = opening !== undefined && count(shorter, last) > count(shorter, opening);
		address = open ? shorter.slice(0, -1) : shorter;
		if (!open) return address;
	}
}

const count = (text: string, sign: string): number => text.split(sign).length - 1;

/** The address as a browser follows it; undefined if it does not lead to a web page. */
export function safeHref(address: string): string | undefined {
	if (!URL.canParse(address)) return undefined;
	const url = new URL(address);
	return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== ''
		? url.href
		: undefined;
}
