/** Reads a request's body, never holding more than the limit in memory. */
import { Problem } from './problem';

/** Throws a Problem, 413, if it is longer than `max` bytes. */
export async function readBytes(request: Request, max: number): Promise<Uint8Array> {
	if (Number(request.headers.get('content-length') ?? 0) > max) throw tooLarge(max);
	const chunks: Uint8Array[] = [];
	let size = 0;
	const reader = request.body?.getReader();
	for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
		size += part.value.length;
		if (size > max) {
			await reader?.cancel();
			throw tooLarge(max);
		}
		chunks.push(part.value);
	}
	return Buffer.concat(chunks);
}

const tooLarge = (max: number) =>
	new Problem(413, 'too_large', `The request is too large. At most ${max / 1000} kB are taken.`);
