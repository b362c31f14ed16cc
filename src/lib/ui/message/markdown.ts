/**
 * The marks that people write in messages (UX: bold, italic, code, links, quotes, lists, tasks in them), as a tree that components draw.
 * Read by `marked` (CommonMark with the line breaks of chats); what it knows besides stays as it was typed: headings,
 * tables, pictures, HTML.
 */
import { Marked, type Token, type Tokens } from 'marked';
import { linkify, safeHref } from './linkify';

export type Inline =
	| { readonly type: 'text'; readonly text: string }
	| { readonly type: 'code'; readonly text: string }
	| { readonly type: 'strong'; readonly parts: readonly Inline[] }
	| { readonly type: 'em'; readonly parts: readonly Inline[] }
	| { readonly type: 'link'; readonly href: string; readonly parts: readonly Inline[] }
	| { readonly type: 'break' };

export type Block =
	| { readonly type: 'paragraph'; readonly parts: readonly Inline[] }
	| {
			readonly type: 'code';
			readonly text: string;
			/** What stands behind the opening fence; empty if nothing does. */
			readonly language: string;
	  }
	| { readonly type: 'quote'; readonly blocks: readonly Block[] }
	| {
			readonly type: 'list';
			/** The number of the first item; undefined if they are not numbered. */
			readonly start: number | undefined;
			readonly items: readonly Item[];
	  };

export interface Item {
	readonly blocks: readonly Block[];
	/** Of a task, whether it is done; undefined for what is none. */
	readonly done: boolean | undefined;
}

/** Marks within marks. What goes deeper is nothing that anybody means, and each level is one of the stack's when it is drawn. */
const DEPTH_MAX = 12;
/** An address is what it is in plain texts too. */
const ADDRESS_MAX = 2_048;

const none = () => undefined;
const marked = new Marked({
	breaks: true,
	tokenizer: {
		autolink: none,
		code: none,
		def: none,
		del: none,
		heading: none,
		hr: none,
		html: none,
		lheading: none,
		reflink: none,
		table: none,
		tag: none,
		url(src) {
			const [piece] = linkify(src.slice(0, ADDRESS_MAX));
			if (!piece || !('href' in piece)) return undefined;
			const { text, href } = piece;
			return {
				type: 'link',
				raw: text,
				href,
				text,
				tokens: [{ type: 'text', raw: text, text }]
			} as Tokens.Link;
		}
	}
});

/**
 * Reads a text as it is shown (`shownText`). One whose marks go too deep, or have nothing in them, is a single paragraph
 * of what was typed.
 */
export function readMarkdown(text: string): readonly Block[] {
	const asTyped: Block = { type: 'paragraph', parts: [{ type: 'text', text }] };
	try {
		const blocks = blocksOf(marked.lexer(text), 0);
		return blocks.some(saysSomething) ? blocks : [asTyped];
	} catch {
		return [asTyped];
	}
}

function saysSomething(part: Block | Inline): boolean {
	switch (part.type) {
		case 'text':
		case 'code':
			return part.text.trim() !== '';
		case 'quote':
			return part.blocks.some(saysSomething);
		case 'list':
			return part.items.flatMap(({ blocks }) => blocks).some(saysSomething);
		case 'break':
			return false;
		default:
			return part.parts.some(saysSomething);
	}
}

function blocksOf(tokens: readonly Token[], depth: number): Block[] {
	if (depth > DEPTH_MAX) throw new RangeError('marks within marks');
	return tokens.flatMap((token) => blockOf(token, depth) ?? []);
}

function blockOf(token: Token, depth: number): Block | undefined {
	switch (token.type) {
		case 'space':
		case 'checkbox':
			return undefined;
		case 'code': {
			const { text, lang = '' } = token as Tokens.Code;
			return { type: 'code', text, language: lang };
		}
		case 'blockquote':
			return { type: 'quote', blocks: blocksOf((token as Tokens.Blockquote).tokens, depth + 1) };
		case 'list': {
			const { ordered, start, items } = token as Tokens.List;
			return {
				type: 'list',
				start: ordered ? Number(start) : undefined,
				items: items.map(({ tokens, task, checked }) => ({
					blocks: blocksOf(tokens, depth + 1),
					done: task ? checked === true : undefined
				}))
			};
		}
		default:
			return {
				type: 'paragraph',
				parts: inlineOf(('tokens' in token && token.tokens) || [textOf(token.raw)], 0)
			};
	}
}

/** Neighbouring pieces of text are one. */
function inlineOf(tokens: readonly Token[], depth: number): Inline[] {
	if (depth > DEPTH_MAX) throw new RangeError('marks within marks');
	const parts: Inline[] = [];
	for (const token of tokens) {
		// The item that it begins says so.
		if (token.type === 'checkbox') continue;
		const part = partOf(token, depth);
		const last = parts.at(-1);
		if (part.type === 'text' && last?.type === 'text')
			parts[parts.length - 1] = { type: 'text', text: last.text + part.text };
		else parts.push(part);
	}
	return parts;
}

function partOf(token: Token, depth: number): Inline {
	switch (token.type) {
		case 'strong':
		case 'em':
			return { type: token.type, parts: inlineOf(token.tokens ?? [], depth + 1) };
		case 'codespan':
			return { type: 'code', text: token.text };
		case 'br':
			return { type: 'break' };
		case 'escape':
			return { type: 'text', text: token.text };
		case 'link':
			return linkOf(token as Tokens.Link, depth);
		default:
			return { type: 'text', text: token.raw };
	}
}

/** Words that are an address themselves lead there and nowhere else; else, and where there are none, what was typed is shown. */
function linkOf({ raw, href, text, tokens }: Tokens.Link, depth: number): Inline {
	const target = safeHref(href);
	const said = linkify(text).flatMap((piece) => ('href' in piece ? [piece.href] : []));
	if (target === undefined || said.some((other) => other !== target)) return { type: 'text', text: raw };
	const link: Inline = { type: 'link', href: target, parts: inlineOf(tokens, depth + 1) };
	return saysSomething(link) ? link : { type: 'text', text: raw };
}

const textOf = (raw: string): Token => ({ type: 'text', raw, text: raw });
