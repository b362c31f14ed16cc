import { PICTURE_SIDE } from '../../domain/limits';

/** What a browser may hand in, and what every browser reads. */
export const PICTURE_TYPES = 'image/png,image/jpeg,image/webp';

/** Twice what is kept: the server makes its own square of it, with a better filter than a canvas has. */
const SIDE = 2 * PICTURE_SIDE;
const QUALITY = 0.9;

/**
 * The middle of a picture, small, drawn anew: so that neither megabytes nor the place where it was taken leave the
 * device. Undefined if this browser cannot read it.
 */
export async function squareOf(file: Blob): Promise<Blob | undefined> {
	if (!PICTURE_TYPES.split(',').includes(file.type)) return undefined;
	const image = await createImageBitmap(file).catch(() => undefined);
	if (!image) return undefined;
	const canvas = document.createElement('canvas');
	canvas.width = canvas.height = SIDE;
	const context = canvas.getContext('2d');
	if (!context) return undefined;
	const side = Math.min(image.width, image.height);
	const [x, y] = [(image.width - side) / 2, (image.height - side) / 2];
	context.imageSmoothingQuality = 'high';
	context.drawImage(image, x, y, side, side, 0, 0, SIDE, SIDE);
	image.close();
	// Where WebP cannot be written the standard has PNG take its place.
	return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/webp', QUALITY));
}
