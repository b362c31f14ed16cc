import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { readAccount } from '$lib/state/account';

/** Who is logged in on this device is known without a network. Nobody: to the login, and back here after it. */
export function load({ url }: { url: URL }): void {
	if (readAccount()) return;
	const next = url.pathname === '/' ? '' : `?next=${encodeURIComponent(url.pathname)}`;
	redirect(307, resolve('/(auth)/login') + next);
}
