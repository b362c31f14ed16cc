/** A picture as it is served: never as anything but a picture, and with nothing that a page could do in its name. */
const HEADERS = {
	'content-type': 'image/webp',
	'x-content-type-options': 'nosniff',
	'content-security-policy': "default-src 'none'; sandbox",
	'cross-origin-resource-policy': 'same-origin',
	'content-disposition': 'inline; filename="picture.webp"',
	// Its name is that of its bytes, which never change; only browsers of people who are logged in may keep it.
	'cache-control': 'private, max-age=31536000, immutable'
};

export const pictureAnswer = (bytes: Uint8Array): Response =>
	new Response(Uint8Array.from(bytes), { headers: HEADERS });
