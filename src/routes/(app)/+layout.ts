import { error, redirect } from '@sveltejs/kit';
import { readAccount } from '$lib/state/account';
import { MISSING } from '$lib/protocol/missingRoute';
import { wayIn } from '$lib/ui/forms/wayIn';
import type { LayoutLoad } from './$types';

/** Who is logged in on this device is known without a network. */
export const load: LayoutLoad = ({ route, url }) => {
	if (readAccount()) return;
	if (route.id === MISSING) error(404);
	redirect(307, wayIn(url));
};
