/** What the gallery shows of the demonstration, as a person comes to it. */
import type { Page } from '@playwright/test';
import type { Device } from '../../tests/kit/device';
import type { Text } from '../../src/lib/ui/text';
import { expect } from '../../tests/kit/expect';
import { hasSynced } from './stage';

export interface GalleryScreen {
	readonly name: string;
	readonly show: (device: Device) => Promise<void>;
}

const button = (page: Page, name: string) => page.getByRole('button', { name }).first();

const at =
	(path: string) =>
	async (device: Device): Promise<void> => {
		await device.goTo(path);
		await expect(device.page.getByRole('heading', { level: 1 }).first()).toBeVisible();
	};

/** The screens of a person who is logged in, by the words of the language that they are shown in. */
export function screensIn(words: Text): readonly GalleryScreen[] {
	const links = (page: Page) =>
		page.getByRole('navigation', { name: words.conversations.label }).getByRole('link');
	const log = (page: Page) => page.getByRole('log', { name: words.conversation.messages });

	/** From wherever the device is: the list, and from there the conversation. */
	async function open(device: Device, conversation: string): Promise<void> {
		await device.goTo('/');
		await links(device.page).filter({ hasText: conversation }).first().click();
		await expect(device.page.getByRole('heading', { level: 1, name: conversation })).toBeVisible();
		await expect(log(device.page).getByRole('article').first()).toBeVisible();
		await expect(log(device.page)).not.toHaveAttribute('aria-busy', 'true');
	}

	async function openDetails(device: Device, conversation: string): Promise<void> {
		await open(device, conversation);
		const about = device.page.getByRole('button', { name: words.conversation.about, exact: true });
		// On a wide screen they stand beside the conversation.
		if (await about.isVisible()) await about.click();
		await expect(
			device.page.getByRole('heading', { name: words.conversation.peopleHeading }).first()
		).toBeVisible();
	}

	async function openFromDetails(device: Device, opener: string, title: string): Promise<void> {
		await openDetails(device, 'Kelp survey');
		await button(device.page, opener).click();
		await expect(device.page.getByRole('dialog', { name: title })).toBeVisible();
	}

	async function openInLogin(device: Device, opener: string): Promise<void> {
		await at('/account/login')(device);
		await button(device.page, opener).click();
	}

	/** As it is once the server has said what it is asked. */
	const answered = ({ name, show }: GalleryScreen): GalleryScreen => ({
		name,
		async show(device) {
			await show(device);
			await hasSynced(device);
			for (const asking of [words.administration.looking, words.security.sessions.loading])
				await expect(device.page.getByText(asking)).toHaveCount(0);
		}
	});

	const screens: readonly GalleryScreen[] = [
		{
			name: 'list',
			async show(device) {
				await device.goTo('/');
				await expect(links(device.page).nth(1)).toBeVisible();
			}
		},
		{ name: 'group', show: (device) => open(device, 'Kelp survey') },
		{ name: 'direct', show: (device) => open(device, 'Amina Haddad') },
		{ name: 'right-to-left name', show: (device) => open(device, 'ليلى منصور') },
		{ name: 'details', show: (device) => openDetails(device, 'Kelp survey') },
		{
			name: 'message menu',
			async show(device) {
				await open(device, 'Alcyone crew');
				const last = log(device.page).getByRole('article').last();
				await last.hover();
				await last.getByRole('button', { name: words.message.more, exact: true }).click();
				await expect(device.page.getByRole('menu')).toBeVisible();
			}
		},
		{
			name: 'new conversation',
			async show(device) {
				await device.goTo('/');
				await button(device.page, words.conversations.newOne).click();
				await expect(device.page.getByRole('dialog').last()).toBeVisible();
			}
		},
		{
			name: 'invite links',
			show: (device) => openFromDetails(device, words.group.links, words.group.linksTitle)
		},
		{
			name: 'webhooks',
			show: (device) => openFromDetails(device, words.programs.webhooks.open, words.programs.webhooks.title)
		},
		{
			name: 'report',
			async show(device) {
				await open(device, 'Amina Haddad');
				const { page } = device;
				const theirs = log(page).getByRole('article').filter({ hasText: 'Amina Haddad' }).last();
				await theirs.hover();
				await theirs.getByRole('button', { name: words.message.more, exact: true }).click();
				await page.getByRole('menuitem', { name: words.report.act }).click();
				await expect(page.getByRole('dialog').last()).toBeVisible();
			}
		},
		{
			name: 'person',
			async show(device) {
				await openDetails(device, 'Kelp survey');
				await device.page.getByRole('link', { name: 'Tomás Ferreira' }).last().click();
				await expect(
					device.page.getByRole('heading', { level: 1, name: 'Tomás Ferreira' }).first()
				).toBeVisible();
			}
		},
		{ name: 'first steps', show: at('/begin') },
		{ name: 'profile', show: at('/account/profile') },
		{ name: 'settings', show: at('/account/settings') },
		{ name: 'settings, notifications', show: at('/account/settings#notifications') },
		{ name: 'storage', show: at('/account/storage') },
		{
			name: 'shortcuts',
			async show(device) {
				await at('/account/settings')(device);
				await device.page.keyboard.press('?');
				await expect(device.page.getByRole('dialog').last()).toBeVisible();
			}
		},
		{ name: 'login and devices', show: at('/account/login') },
		{
			name: 'token',
			async show(device) {
				await openInLogin(device, words.programs.tokens.make);
				await expect(device.page.getByRole('group', { name: words.programs.tokens.mayDo })).toBeVisible();
			}
		},
		{
			name: 'delete account',
			async show(device) {
				await openInLogin(device, words.security.remove.open);
				await expect(device.page.getByRole('dialog').last()).toBeVisible();
			}
		},
		{ name: 'only here', show: at('/queued') },
		{
			name: 'administration',
			async show(device) {
				await at('/admin')(device);
				await expect(device.page.getByRole('heading', { level: 2 }).first()).toBeVisible();
			}
		}
	];
	return screens.map(answered);
}

/** For people who are not logged in. */
export const OUTSIDE: readonly GalleryScreen[] = [
	{ name: 'landing', show: at('/') },
	{ name: 'register', show: at('/register') },
	{ name: 'log in', show: at('/login') },
	{ name: 'forgotten', show: at('/forgot') }
];
