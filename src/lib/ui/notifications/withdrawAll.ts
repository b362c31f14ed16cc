/** Takes back all notifications, and the count on the app's icon: nobody is logged in here any more. */
export async function withdrawAll(): Promise<void> {
	try {
		const registration = await navigator.serviceWorker?.getRegistration();
		for (const notification of (await registration?.getNotifications?.()) ?? []) notification.close();
		await navigator.clearAppBadge?.();
	} catch {
		// Such as a browser has that shows none: leaving does not fail on it.
		return;
	}
}
