/** Pictures as people choose them, and as screens show them. */
import type { Locator } from '@playwright/test';
import sharp from 'sharp';
import type { Device } from './device';

/** A photograph with whatever a camera writes beside it. */
export const photo = (colour: string, comment = 'At sea'): Promise<Buffer> =>
	sharp({ create: { width: 900, height: 600, channels: 3, background: colour } })
		.withExif({ IFD0: { Artist: comment, ImageDescription: comment }, IFD3: { GPSLatitudeRef: 'N' } })
		.jpeg()
		.toBuffer();

/** Into the one field for pictures that is on the screen. */
export const choosePicture = (device: Device, buffer: Buffer, mimeType = 'image/jpeg'): Promise<void> =>
	device.page.locator('input[type=file]').first().setInputFiles({ name: 'me.jpg', mimeType, buffer });

/** How many pictures are drawn there, and not only named. */
export const pictures = (within: Locator): Promise<number> =>
	within
		.locator('img')
		.evaluateAll((images) => images.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length);
