import type { Device } from '../sync/device';

/**
 * Sets one's own picture, a PNG, JPEG or WebP; undefined for none. It holds here at once. Rejects if the disk does not
 * take it.
 */
export async function setOwnPicture({ outbox, pictures }: Device, picture: Blob | undefined): Promise<void> {
	await outbox.add({ type: 'set-picture', picture: picture && (await pictures.take(picture)) });
}
