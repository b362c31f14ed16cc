import { createApp } from './app';
import { browserPorts } from './browserPorts';
import { followPerson } from './followPerson';
import { clearLogoutPending, followNames, isLogoutPending, readAccount, wipeDone, wipesDue } from './account';
import { createDevice, type Device, type DeviceOptions } from '../sync/device';
import { wipeAccount } from '../sync/indexeddbStorage';
import { createLazyApi } from '../sync/lazyApi';
import { followUnsent, unsentLost } from './lostCopy';
import type { AppModel } from './models';

/**
 * Opens the account that is logged in on this browser and connects. Waits for the disk, never for the network.
 * Undefined if nobody is logged in here.
 */
export async function startApp({
	shownFirst,
	goneName
}: Pick<DeviceOptions, 'shownFirst' | 'goneName'>): Promise<AppModel | undefined> {
	// Without a turn in between, where nothing is due: the disk is asked at once.
	if (wipesDue().length > 0) await finishWipes();
	const account = readAccount();
	if (!account) return undefined;
	const device = await createDevice({
		self: account.user,
		origin: location.origin,
		shownFirst,
		goneName,
		ports: browserPorts(account.user.id)
	});
	const stopFollowing = followBrowser(device);
	// Before anything changes, and with it what is remembered.
	const lost = unsentLost(device);
	const stopCounting = followUnsent(device);
	const stopAttending = followPerson((presence) => device.presence.be(presence));
	const stopNaming = device.onChange(() => {
		const { self } = device.directory;
		if (self) followNames({ id: device.self.id, ...self });
	});
	device.connect();
	return createApp(device, {
		lost,
		stopListening() {
			stopCounting();
			stopNaming();
			stopFollowing();
			stopAttending();
		}
	});
}

/** Deletes what an earlier logout could not: the browser closed meanwhile. */
async function finishWipes(): Promise<void> {
	for (const user of wipesDue()) {
		await wipeAccount(user);
		wipeDone(user);
	}
}

/**
 * Ends what was logged out without a network, on whatever page this browser opens next: the data that is left, and the
 * session, now or when there is a network. Returns the way to stop waiting for one.
 */
export function finishLogout(): () => void {
	const api = createLazyApi({});
	async function finish(): Promise<void> {
		await finishWipes();
		if (!isLogoutPending() || readAccount()) return;
		const answer = await api.logout({ wipe: false });
		if (answer.ok || answer.status === 401) clearLogoutPending();
	}
	// What fails now is still noted, and is done at the next start.
	const attempt = () => void finish().catch(() => undefined);
	attempt();
	addEventListener('online', attempt);
	return () => removeEventListener('online', attempt);
}

/**
 * Connects as soon as the browser says that there is a network, or that somebody looks at the page again. Nobody does:
 * it may end without a further word, so what waits to be written is written.
 */
function followBrowser({ connect, disconnect, flush }: Device): () => void {
	const onVisibility = () => (document.visibilityState === 'visible' ? connect() : flush());
	addEventListener('online', connect);
	addEventListener('offline', disconnect);
	addEventListener('pagehide', flush);
	document.addEventListener('visibilitychange', onVisibility);
	return () => {
		removeEventListener('online', connect);
		removeEventListener('offline', disconnect);
		removeEventListener('pagehide', flush);
		document.removeEventListener('visibilitychange', onVisibility);
	};
}
