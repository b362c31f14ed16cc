import { createApp } from './app';
import { browserPorts } from './browserPorts';
import { clearLogoutPending, isLogoutPending, readAccount, wipeDone, wipesDue } from './account';
import { createDevice } from '../sync/device';
import { wipeAccount } from '../sync/indexeddbStorage';
import { api } from '../sync/api';
import type { AppModel } from './models';

/**
 * Opens the account that is logged in on this browser and connects. Waits for the disk, never for the network.
 * Undefined if nobody is logged in here.
 */
export async function startApp(): Promise<AppModel | undefined> {
	await finishLogout();
	const account = readAccount();
	if (!account) return undefined;
	const device = await createDevice({ self: account.user, origin: location.origin, ports: browserPorts(account.user.id) });
	const stopListening = followBrowser(() => device.connect(), () => device.disconnect());
	device.connect();
	return createApp(device, { stopListening });
}

/** What an earlier logout could not finish: deleting data when the browser closed, ending the session with no network. */
async function finishLogout(): Promise<void> {
	for (const user of wipesDue()) {
		await wipeAccount(user);
		wipeDone(user);
	}
	if (isLogoutPending() && !readAccount()) {
		const answer = await api.logout({ wipe: false });
		if (answer.ok || answer.status === 401) clearLogoutPending();
	}
}

/** Connects as soon as the browser says that there is a network, or that somebody looks at the page again. */
function followBrowser(connect: () => void, disconnect: () => void): () => void {
	const onVisible = () => {
		if (document.visibilityState === 'visible') connect();
	};
	addEventListener('online', connect);
	addEventListener('offline', disconnect);
	document.addEventListener('visibilitychange', onVisible);
	return () => {
		removeEventListener('online', connect);
		removeEventListener('offline', disconnect);
		document.removeEventListener('visibilitychange', onVisible);
	};
}
