/** The headers that have browsers protect people, on every answer of the app; static files get theirs from the entry. */

const FOR_ALL: Readonly<Record<string, string>> = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy':
		'accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), ' +
		'hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), screen-wake-lock=(), serial=(), ' +
		'usb=(), xr-spatial-tracking=()'
};

/** What brings no policy, as pages of the app do, may do nothing as a page, should somebody open it. */
const NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** Two years (RFC 6797). Only said where people came by https; the name's other hosts are not ours to bind. */
const HSTS = 'max-age=63072000';

export function protect({ headers }: Response, url: URL): void {
	for (const [name, value] of Object.entries(FOR_ALL)) headers.set(name, value);
	if (url.protocol === 'https:') headers.set('strict-transport-security', HSTS);
	if (!headers.has('content-security-policy')) headers.set('content-security-policy', NO_PAGE);
}
