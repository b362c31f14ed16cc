import { redirect } from '@sveltejs/kit';
import { readAccount } from '$lib/state/account';
import { wayIn } from '$lib/ui/forms/wayIn';

/** Who is logged in on this device is known without a network. */
export function load({ url }: { url: URL }): void {
	if (!readAccount()) redirect(307, wayIn(url));
}
