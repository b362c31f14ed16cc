import { redirect } from '@sveltejs/kit';
import { browser } from '$app/environment';
import { readAccount } from '$lib/state/account';
import { MISSING } from '$lib/protocol/missingRoute';
import { wayIn } from '$lib/ui/forms/wayIn';
import { speak, speakLater } from '$lib/ui/text';
import { isLanguage } from '$lib/protocol/languages';
import type { LayoutLoad } from './$types';

// Everything on the screen comes from this device, so there is nothing for a server to draw.
export const ssr = false;

/** static/firstLook.js has said which language the page is in. Its words come while the page's own code does. */
const chosen = browser ? document.documentElement.lang : '';
const spoken = browser ? speak(isLanguage(chosen) ? chosen : 'en') : undefined;

/** What is on these is said with the first words. */
const SHOWN_FIRST: ReadonlySet<string | null> = new Set(['/(app)', '/(app)/c/[conversationId]']);

/**
 * Nothing is shown before there are words for it. Who comes to the app without being logged in does not wait for its
 * code: its own guard would come only after that.
 */
export const load: LayoutLoad = async ({ route, url, untrack }) => {
	const id = untrack(() => route.id);
	if (id !== MISSING && id?.startsWith('/(app)') && !readAccount()) redirect(307, wayIn(untrack(() => url)));
	await spoken;
	// Ahead of the page's own code, which waits for them, and answers for them if they do not come (withLater.ts).
	if (!SHOWN_FIRST.has(route.id)) speakLater().catch(() => undefined);
};
