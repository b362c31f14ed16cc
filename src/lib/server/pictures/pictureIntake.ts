/**
 * Takes pictures from requests: those of all people one at a time, so that their decoding never takes more than one
 * picture's memory and one core.
 */
import { squarePicture } from './reencode';
import { Problem } from '../http/problem';
import { readBytes } from '../http/readBytes';
import { PICTURE_UPLOAD_BYTES_MAX } from '../../domain/limits';

export const PICTURE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];
/** Pictures that may wait for their turn, with their bytes in memory. */
const WAITING_MAX = 32;

export class PictureIntake {
	#last: Promise<unknown> = Promise.resolve();
	#waiting = 0;

	/**
	 * The square WebP of the picture that is the request's body. Throws a Problem: 415 if it is none by type, 413 if it
	 * has too many bytes, 400 if too many pixels or not readable, 503 if too many others wait.
	 */
	async take(request: Request): Promise<Uint8Array> {
		const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
		if (!PICTURE_TYPES.includes(type)) {
			throw new Problem(415, 'not_a_picture', 'Send a picture of type image/png, image/jpeg or image/webp.');
		}
		if (this.#waiting >= WAITING_MAX) {
			throw new Problem(503, 'unavailable', 'Many pictures are arriving just now. Try again in a minute.');
		}
		this.#waiting++;
		try {
			const bytes = await readBytes(request, PICTURE_UPLOAD_BYTES_MAX);
			return await this.#inTurn(() => squarePicture(bytes));
		} finally {
			this.#waiting--;
		}
	}

	#inTurn<T>(task: () => Promise<T>): Promise<T> {
		const turn = this.#last.then(task);
		// Who comes next does not care how this one ended; its own caller hears.
		this.#last = turn.catch(() => undefined);
		return turn;
	}
}
