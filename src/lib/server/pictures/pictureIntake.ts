/**
 * Takes pictures from requests: those of all people one at a time, so that their decoding never takes more than one
 * picture's memory and one core.
 */
import { createHash } from 'node:crypto';
import { squarePicture } from './reencode';
import { Problem } from '../http/problem';
import { readBytes } from '../http/readBytes';
import type { UserId } from '../../domain/ids';
import { PICTURE_UPLOAD_BYTES_MAX } from '../../domain/limits';

export const PICTURE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];
/** Pictures that may wait for their turn, with their bytes in memory. */
const WAITING_MAX = 32;
/** Pictures of one person that may be on their way, from their first byte on. */
const OF_USER_MAX = 2;
/** Whatever is on its way has come by then, or was cut off. */
const RETRY_AFTER_S = 60;

export interface TakenPicture {
	/** Of the bytes that came: a request that comes again has the same. */
	readonly digest: string;
	/** The square WebP; undefined if it was not wanted. */
	readonly square: Uint8Array | undefined;
}

export class PictureIntake {
	#last: Promise<unknown> = Promise.resolve();
	#waiting = 0;
	readonly #ofUser = new Map<UserId, number>();

	/**
	 * The picture that is the request's body, decoded if it is wanted. Throws a Problem: 415 if it is none by type, 413 if it
	 * has too many bytes, 400 if too many pixels or not readable, 429 if others of the user are on their way, 503 if too
	 * many wait for their turn. It waits once it is here: who sends slowly takes nobody's place but their own.
	 */
	async take(request: Request, user: UserId, isWanted = true): Promise<TakenPicture> {
		const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
		if (!PICTURE_TYPES.includes(type)) {
			throw new Problem(415, 'not_a_picture', 'Send a picture of type image/png, image/jpeg or image/webp.');
		}
		const others = this.#ofUser.get(user) ?? 0;
		if (others >= OF_USER_MAX) throw tooManyOfOne();
		this.#ofUser.set(user, others + 1);
		try {
			const bytes = await readBytes(request, PICTURE_UPLOAD_BYTES_MAX);
			const digest = createHash('sha256').update(bytes).digest('base64url');
			return { digest, square: isWanted ? await this.#inTurn(bytes) : undefined };
		} finally {
			const left = (this.#ofUser.get(user) ?? 0) - 1;
			if (left > 0) this.#ofUser.set(user, left);
			else this.#ofUser.delete(user);
		}
	}

	async #inTurn(bytes: Uint8Array): Promise<Uint8Array> {
		if (this.#waiting >= WAITING_MAX) throw tooManyWait();
		this.#waiting++;
		try {
			const turn = this.#last.then(() => squarePicture(bytes));
			// Who comes next does not care how this one ended; its own caller hears.
			this.#last = turn.catch(() => undefined);
			return await turn;
		} finally {
			this.#waiting--;
		}
	}
}

const again = { retryAfterS: RETRY_AFTER_S };
const tooManyOfOne = () => {
	const message = 'Your last pictures are still on their way. Try again in a minute.';
	return new Problem(429, 'too_often', message, undefined, again);
};
const tooManyWait = () => {
	const message = 'Many pictures are arriving just now. Try again in a minute.';
	return new Problem(503, 'unavailable', message, undefined, again);
};
