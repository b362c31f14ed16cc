/** Reads a request's JSON body. */
import { isBeyond } from './jsonShape';
import { Problem } from './problem';
import { readBytes } from './readBytes';

/** A message of the longest text with every character escaped fits, and a report with what stood around it. */
const TEXTS_BYTES_MAX = 256_000;
/** A full group that is made again fits, of which all are admins. */
const BYTES_MAX = 44_000;
/** What any route takes lies less than half as deep; a full group that is made again has two thirds of the commas. */
const MOST = { depth: 16, commas: 4_000 };

/** The value of the body. Throws a Problem: 415 if it is not JSON by type, 413 if too large, 400 if malformed or beyond that. */
export async function readJson(request: Request, holdsTexts = false): Promise<unknown> {
	const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
	if (type !== 'application/json') {
		throw new Problem(415, 'not_json', 'Send the request as JSON, with the content type application/json.');
	}
	const bytes = await readBytes(request, holdsTexts ? TEXTS_BYTES_MAX : BYTES_MAX);
	if (isBeyond(bytes, MOST))
		throw new Problem(400, 'invalid', 'The request is nested too deeply, or has too many parts.');
	try {
		// Of another encoding is no JSON (RFC 8259, 8.1): read all the same, words would be kept that nobody wrote.
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		throw new Problem(400, 'malformed_json', 'The request is not well-formed JSON.');
	}
}
