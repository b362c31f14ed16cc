/** What a test demands of a device, in its words. Each waits until it holds or the time is over; none sleeps. */
import { expect as base, type MatcherReturnType } from '@playwright/test';
import type { Device } from './device';
import * as screen from './screen';

export type SyncState = 'offline' | 'connecting' | 'catching-up' | 'synced';
export type MessageState = 'queued' | 'sent' | 'read';

/** An assertion of Playwright's as the outcome of a matcher. */
async function outcome(name: string, assertion: () => Promise<void>): Promise<MatcherReturnType> {
	try {
		await assertion();
		return { name, pass: true, message: () => `${name} holds, and should not` };
	} catch (error) {
		return {
			name,
			pass: false,
			message: () => `${name}: ${error instanceof Error ? error.message : String(error)}`
		};
	}
}

export const expect = base.extend({
	/** Connected, caught up, and nothing of one's own on this screen waits to be sent. */
	async toHaveSynced(device: Device) {
		return outcome(`${device.name} has synced`, async () => {
			await base(screen.syncStatus(device.page).first()).toHaveAttribute('data-sync-state', 'synced');
			await base(device.page.locator('[data-message-id][data-state=queued]')).toHaveCount(0);
		});
	},

	async toHaveSyncState(device: Device, state: SyncState) {
		return outcome(`${device.name} is ${state}`, () =>
			base(screen.syncStatus(device.page).first()).toHaveAttribute('data-sync-state', state)
		);
	},

	/** Knows that the relay is out of reach. */
	async toBeOffline(device: Device) {
		return outcome(`${device.name} is offline`, () =>
			base(screen.syncStatus(device.page).first()).toHaveAttribute(
				'data-sync-state',
				/^(offline|connecting)$/
			)
		);
	},

	async toShow(device: Device, text: string) {
		return outcome(`${device.name} shows "${text}"`, () =>
			base(screen.message(device.page, text).first()).toBeVisible()
		);
	},

	async toShowOnce(device: Device, text: string) {
		return outcome(`${device.name} shows "${text}" once`, () =>
			base(screen.message(device.page, text)).toHaveCount(1)
		);
	},

	/** Shows these texts, each exactly once, in this order; others may stand between them. */
	async toShowInOrder(device: Device, texts: readonly string[]) {
		return outcome(`${device.name} shows all in order`, () =>
			base.poll(() => screen.textsInOrder(device.page, texts)).toEqual(texts)
		);
	},

	async toHaveState(device: Device, text: string, state: MessageState) {
		return outcome(`"${text}" is ${state} on ${device.name}`, () =>
			// What has been read has been sent: how soon somebody looks is not for a test of sending to know.
			base(screen.message(device.page, text)).toHaveAttribute(
				'data-state',
				state === 'sent' ? /^(sent|read)$/ : state
			)
		);
	},

	/** Lists a conversation of this name. */
	async toListConversation(device: Device, name: string) {
		return outcome(`${device.name} lists "${name}"`, () =>
			base(screen.conversationLink(device.page, name)).toHaveCount(1)
		);
	}
});
