/** Reads a request's JSON body, never holding more than the limit in memory. */
import { Problem } from './problem';

/** A message of the longest text with every character escaped fits. */
const BODY_BYTES_MAX = 256_000;

/** The value of the body. Throws a Problem: 415 if it is not JSON by type, 413 if too large, 400 if malformed. */
export async function readJson(request: Request): Promise<unknown> {
	const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
	if (type !== 'application/json') {
		throw new Problem(415, 'not_json', 'Send the request as JSON, with the content type application/json.');
	}
	const text = new TextDecoder().decode(await readBytes(request));
	try {
		return JSON.parse(text);
	} catch {
		throw new Problem(400, 'malformed_json', 'The request is not well-formed JSON.');
	}
}

async function readBytes(request: Request): Promise<Uint8Array> {
	if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES_MAX) throw tooLarge();
	const chunks: Uint8Array[] = [];
	let size = 0;
	const reader = request.body?.getReader();
	for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
		size += part.value.length;
		if (size > BODY_BYTES_MAX) {
			await reader?.cancel();
			throw tooLarge();
		}
		chunks.push(part.value);
	}
	return Buffer.concat(chunks);
}

const tooLarge = () =>
	new Problem(413, 'too_large', `The request is too large. At most ${BODY_BYTES_MAX / 1000} kB are taken.`);
