/**
 * Makes a picture harmless and small: whatever was handed in, what is kept is a square WebP that was written here, from
 * pixels alone. Invariants: only PNG, JPEG and WebP are ever decoded, by libvips' own loaders for them; a picture's
 * size is read from its header and judged before it is decoded; nothing of its metadata goes along.
 */
import sharp, { type Sharp } from 'sharp';
import { Problem } from '../http/problem';
import { PICTURE_BYTES_MAX, PICTURE_SIDE, PICTURE_UPLOAD_PIXELS_MAX } from '../../domain/limits';

// libvips can read vector graphics, documents and many more formats that nobody needs here: none of their code runs.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
	operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer']
});
// Each picture is read once, and one core is left for everybody else.
sharp.cache(false);
sharp.concurrency(1);

/** Seconds after which decoding is given up: an honest picture takes a fraction of one. */
const DECODE_SECONDS_MAX = 5;
const QUALITY = 82;

/** The square of a picture, centred, the way up that its camera says. Throws a Problem, 400, if it is none, or too large. */
export async function squarePicture(bytes: Uint8Array): Promise<Uint8Array> {
	await refuseLarge(bytes);
	try {
		const { data } = await open(bytes, PICTURE_UPLOAD_PIXELS_MAX)
			.autoOrient()
			.resize(PICTURE_SIDE, PICTURE_SIDE, { fit: 'cover' })
			.webp({ quality: QUALITY })
			.timeout({ seconds: DECODE_SECONDS_MAX })
			.toBuffer({ resolveWithObject: true });
		if (data.length > PICTURE_BYTES_MAX) throw new Error(`a square of ${data.length} bytes`);
		return data;
	} catch {
		// Whatever the decoder complains of: to who sent it, the picture is broken.
		throw notAPicture();
	}
}

async function refuseLarge(bytes: Uint8Array): Promise<void> {
	const { width, height } = await sizeOf(bytes);
	if (width * height <= PICTURE_UPLOAD_PIXELS_MAX) return;
	const megapixels = Math.floor(PICTURE_UPLOAD_PIXELS_MAX / 1_000_000);
	throw new Problem(
		400,
		'too_many_pixels',
		`The picture is ${width} by ${height} pixels. At most ${megapixels} megapixels are taken: make it smaller first.`
	);
}

async function sizeOf(bytes: Uint8Array): Promise<{ width: number; height: number }> {
	try {
		return await open(bytes, false).metadata();
	} catch {
		// Of another kind, empty, or cut off in its header.
		throw notAPicture();
	}
}

/** The first image of an animation. Nothing is decoded yet. */
const open = (bytes: Uint8Array, limitInputPixels: number | false): Sharp =>
	sharp(bytes, { limitInputPixels, failOn: 'error', sequentialRead: true, pages: 1 });

const notAPicture = () =>
	new Problem(400, 'not_a_picture', 'This is no PNG, JPEG or WebP picture, or it is damaged.');
