import { browser } from '$app/environment';
import { speak } from '$lib/ui/text';
import { isLanguage } from '$lib/protocol/languages';

// Everything on the screen comes from this device, so there is nothing for a server to draw.
export const ssr = false;

/** static/firstLook.js has said which language the page is in. Its words come while the page's own code does. */
const chosen = browser ? document.documentElement.lang : '';
const spoken = browser ? speak(isLanguage(chosen) ? chosen : 'en') : undefined;

/** Nothing is shown before there are words for it. */
export async function load(): Promise<void> {
	await spoken;
}
