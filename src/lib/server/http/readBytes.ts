/** Reads a request's body, never holding more than the limit in memory. */
import { Problem } from './problem';

/**
 * Throws a Problem: 413 if it is longer than `max` bytes, 400 if it breaks off. What is left of a long one is not taken back,
 * which would cut the line before the answer is there: the entry forgets it.
 */
export async function readBytes(request: Request, max: number): Promise<Uint8Array> {
	if (Number(request.headers.get('content-length') ?? 0) > max) throw tooLarge(max);
	const chunks: Uint8Array[] = [];
	let size = 0;
	const reader = request.body?.getReader();
	const next = () => reader?.read().catch(() => Promise.reject(brokenOff()));
	for (let part = await next(); part && !part.done; part = await next()) {
		size += part.value.length;
		if (size > max) throw tooLarge(max);
		chunks.push(part.value);
	}
	return Buffer.concat(chunks);
}

/** Nobody may be there to read it: whoever asked has gone, which is no fault of the server's. */
const brokenOff = () => new Problem(400, 'refused', 'The request broke off before its end.');
const tooLarge = (max: number) =>
	new Problem(413, 'too_large', `The request is too large. At most ${max / 1000} kB are taken.`);
