/** What the gallery shows of the demonstration, as a person comes to it. */
import type { Page } from '@playwright/test';
import type { Device } from '../../tests/kit/device';
import { expect } from '../../tests/kit/expect';
import * as screen from '../../tests/kit/screen';

export interface GalleryScreen {
	readonly name: string;
	readonly show: (device: Device) => Promise<void>;
}

const button = (page: Page, name: string) => page.getByRole('button', { name }).first();

/** From wherever the device is: the list, and from there the conversation. */
async function open(device: Device, conversation: string): Promise<void> {
	await device.goTo('/');
	await screen.conversationLink(device.page, conversation).first().click();
	await expect(device.page.getByRole('heading', { level: 1, name: conversation })).toBeVisible();
	await expect(screen.messages(device.page).first()).toBeVisible();
	await expect(screen.log(device.page)).not.toHaveAttribute('aria-busy', 'true');
}

const at =
	(path: string) =>
	async (device: Device): Promise<void> => {
		await device.goTo(path);
		await expect(device.page.getByRole('heading', { level: 1 }).first()).toBeVisible();
	};

async function dialogOf(device: Device, opener: string): Promise<void> {
	await button(device.page, opener).click();
	await expect(device.page.getByRole('dialog').last()).toBeVisible();
}

export const SCREENS: readonly GalleryScreen[] = [
	{
		name: 'list',
		async show(device) {
			await device.goTo('/');
			await expect(screen.conversations(device.page).getByRole('link').nth(1)).toBeVisible();
		}
	},
	{ name: 'group', show: (device) => open(device, 'Kelp survey') },
	{ name: 'direct', show: (device) => open(device, 'Amina Haddad') },
	{ name: 'right-to-left name', show: (device) => open(device, 'ليلى منصور') },
	{
		name: 'details',
		async show(device) {
			await open(device, 'Kelp survey');
			const about = device.page.getByRole('button', { name: 'About this conversation', exact: true });
			// On a wide screen they stand beside the conversation.
			if (await about.isVisible()) await about.click();
			await expect(device.page.getByRole('heading', { name: 'People' }).first()).toBeVisible();
		}
	},
	{
		name: 'message menu',
		async show(device) {
			await open(device, 'Alcyone crew');
			const last = screen.messages(device.page).last();
			await last.hover();
			await last.getByRole('button', { name: 'More' }).click();
			await expect(device.page.getByRole('menu')).toBeVisible();
		}
	},
	{
		name: 'new conversation',
		async show(device) {
			await device.goTo('/');
			await dialogOf(device, 'New conversation');
		}
	},
	{ name: 'profile', show: at('/account/profile') },
	{ name: 'settings', show: at('/account/settings') },
	{ name: 'login and devices', show: at('/account/login') },
	{ name: 'only here', show: at('/queued') },
	{
		name: 'administration',
		async show(device) {
			await at('/admin')(device);
			await expect(device.page.getByRole('heading', { level: 2 }).first()).toBeVisible();
		}
	}
];

/** For people who are not logged in. */
export const OUTSIDE: readonly GalleryScreen[] = [
	{ name: 'register', show: at('/register') },
	{ name: 'log in', show: at('/login') },
	{ name: 'forgotten', show: at('/forgot') }
];
