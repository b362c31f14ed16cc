/** A browser on its own wire to the relay: what a person holds in the hand. */
import { expect, type BrowserContext, type Page } from '@playwright/test';
import type { DeviceBrowser } from './deviceBrowser';
import type { Person } from './people';
import type { Proxy, SlowLine } from './proxy';
import { rememberAccount } from '../../src/lib/state/account';
import * as screen from './screen';

/** A page that has not answered by then is stuck, in milliseconds. */
const DESCRIBE_MS = 3_000;

/** What the browser itself says when there is no network, which is no fault of the page's. */
const NO_NETWORK = /^(Failed to load resource|WebSocket connection to)/;

function hearErrors(context: BrowserContext, errors: string[]): void {
	context.on('weberror', (error) => errors.push(String(error.error())));
	context.on('console', (message) => {
		if (message.type() === 'error' && !NO_NETWORK.test(message.text())) errors.push(message.text());
	});
}

/** Runs in the page, before its own scripts. */
function shiftClock(aheadMs: number): void {
	const RealDate = Date;
	class ShiftedDate extends RealDate {
		constructor(...of: [] | [number | string | Date]) {
			if (of.length === 0) super(ShiftedDate.now());
			else super(...of);
		}
		static override now(): number {
			return RealDate.now() + aheadMs;
		}
	}
	globalThis.Date = ShiftedDate as DateConstructor;
}

/** As much of a browser's storage as writes into it. */
const storageIn = (kept: Map<string, string>): Storage => ({
	length: 0,
	key: () => null,
	getItem: () => null,
	setItem: (key, value) => void kept.set(key, value),
	removeItem: (key) => void kept.delete(key),
	clear: () => kept.clear()
});

/** What a browser says of a page that did what the Content Security Policy forbids. */
const POLICY_REPORT = /Content Security Policy|Trusted(HTML|Script)/;

export class Device {
	readonly name: string;
	readonly #browser: DeviceBrowser;
	readonly #wire: Proxy;
	#context: BrowserContext | undefined;
	#page: Page | undefined;
	/** Where to begin after the browser was closed. */
	#lastPath = '/';
	#clockAheadMs = 0;
	#errors: string[] = [];

	constructor(name: string, browser: DeviceBrowser, wire: Proxy) {
		this.name = name;
		this.#browser = browser;
		this.#wire = wire;
	}

	/** The origin this device knows the server by. It stays, whatever happens behind it. */
	get address(): string {
		return `http://localhost:${this.#wire.port}`;
	}

	get isOpen(): boolean {
		return this.#page !== undefined;
	}

	get page(): Page {
		if (!this.#page) throw new Error(`${this.name} is closed`);
		return this.#page;
	}

	/** What pages of this browser threw, or complained of in the console: nothing, if all is well. */
	get errors(): readonly string[] {
		return this.#errors;
	}

	/** What the Content Security Policy had to forbid: nothing, in any test. */
	get policyReports(): readonly string[] {
		return this.#errors.filter((error) => POLICY_REPORT.test(error));
	}

	/** The same, once: for a test that means to be forbidden something. */
	takePolicyReports(): readonly string[] {
		const taken = this.policyReports;
		const others = this.#errors.filter((error) => !taken.includes(error));
		this.#errors.splice(0, this.#errors.length, ...others);
		return taken;
	}

	/** What all its pages show and have complained of, for who looks into a test that failed. */
	async describe(): Promise<string> {
		const pages = (this.#context?.pages() ?? []).map(async (page) => {
			const shown = await page
				.locator('body')
				.ariaSnapshot({ timeout: DESCRIBE_MS })
				.catch((error: unknown) => `does not answer: ${String(error)}`);
			return `${page.url()}\n${shown}`;
		});
		return [...(await Promise.all(pages)), ...this.#errors].join('\n\n');
	}

	/** Starts the browser at the address, without waiting for the network. */
	async open(path = '/'): Promise<void> {
		await this.#start();
		await this.goTo(path);
	}

	/** Starts the browser where this person has logged in before, with a session of its own. The form has its own tests. */
	async openAs({ id, username, displayName, password }: Person): Promise<void> {
		await this.#start();
		// The smallest document here that may fetch and store: answers of the API may not. What follows belongs to its origin.
		await this.goTo('/icon.svg');
		const kept = new Map<string, string>();
		rememberAccount({ id, username, displayName }, storageIn(kept));
		await this.page.evaluate(
			async ({ credentials, kept }) => {
				const headers = { 'content-type': 'application/json' };
				const answer = await fetch('/api/login', {
					method: 'POST',
					headers,
					body: JSON.stringify(credentials)
				});
				if (!answer.ok) throw new Error(`the login was answered with ${answer.status}`);
				for (const [key, value] of kept) localStorage.setItem(key, value);
			},
			{ credentials: { username, password }, kept: [...kept] }
		);
		await this.goTo('/');
		await expect(screen.accountButton(this.page)).toBeVisible();
		// They have been here before: what comes with its first use is there without a network too.
		await this.isInstalled();
	}

	async #start(): Promise<void> {
		this.#context = await this.#browser.open();
		if (this.#clockAheadMs !== 0) await this.#context.addInitScript(shiftClock, this.#clockAheadMs);
		hearErrors(this.#context, this.#errors);
		this.#page = this.#context.pages()[0] ?? (await this.#context.newPage());
	}

	async goTo(path: string): Promise<void> {
		await this.page.goto(`${this.address}${path}`);
	}

	/** A further window of the same browser, as a device of its own that shares everything with this one. */
	async openTab(path = '/'): Promise<Device> {
		if (!this.#context) throw new Error(`${this.name} is closed`);
		const tab = new Device(`${this.name}'s other tab`, this.#browser, this.#wire);
		tab.#context = this.#context;
		tab.#page = await this.#context.newPage();
		await tab.goTo(path);
		return tab;
	}

	/** Cuts the wire. What the page believes of the network is its own affair. */
	goOffline(): void {
		this.#wire.sever();
	}

	goOnline(): void {
		this.#wire.restore();
	}

	/** From now on the line is that slow; with nothing said, it is as fast as it can be. */
	throttle(line: SlowLine = {}): void {
		this.#wire.throttle(line);
	}

	/** Keeps back what this device says, while it goes on hearing. */
	holdUploads(): void {
		this.#wire.holdUploads();
	}

	releaseUploads(): void {
		this.#wire.releaseUploads();
	}

	/** From its next opening on, the clock of this device is wrong by so much. */
	setClockAhead(ms: number): void {
		this.#clockAheadMs = ms;
	}

	/** Closes the browser, as a person does. What it keeps stays on disk. */
	async close(): Promise<void> {
		this.#noteWhere();
		await this.#context?.close();
		this.#context = undefined;
		this.#page = undefined;
	}

	/** SIGKILL to the whole browser. Returns when it is gone. */
	async kill(): Promise<void> {
		this.#noteWhere();
		await this.#browser.kill();
		this.#context = undefined;
		this.#page = undefined;
	}

	#noteWhere(): void {
		const url = this.#page?.url();
		if (url?.startsWith(this.address)) this.#lastPath = new URL(url).pathname;
	}

	/** Opens the browser again where it was. */
	async reopen(): Promise<void> {
		await this.open(this.#lastPath);
	}

	async reload(): Promise<void> {
		await this.page.reload();
	}

	async logIn(person: Person): Promise<void> {
		await this.goTo('/login');
		await this.fillLogin(person.username, person.password);
		await expect(screen.accountButton(this.page)).toBeVisible();
	}

	async fillLogin(username: string, password: string): Promise<void> {
		await this.page.getByLabel('Username').fill(username);
		await this.page.getByLabel('Password', { exact: true }).fill(password);
		await this.page.getByRole('button', { name: 'Log in' }).click();
	}

	async register(username: string, password: string): Promise<void> {
		await this.page.getByLabel('Username').fill(username);
		await this.page.getByLabel('Password', { exact: true }).fill(password);
		await this.page.getByRole('button', { name: 'Create account' }).click();
	}

	/** Waits until the service worker keeps the app: from here on it opens with no network. */
	async isInstalled(): Promise<void> {
		await this.page.evaluate(async () => {
			await navigator.serviceWorker.ready;
		});
	}

	/** Asks to log out; `sure` answers the warning about what would be lost, if there is one. */
	async logOut({ sure = true } = {}): Promise<void> {
		await screen.accountButton(this.page).click();
		await this.page.getByRole('menuitem', { name: 'Log out' }).click();
		const warning = this.page.getByRole('alertdialog').or(this.page.getByRole('dialog'));
		const loginPage = this.page.getByRole('button', { name: 'Log in' });
		await expect(warning.or(loginPage).first()).toBeVisible();
		if (!(await warning.isVisible())) return;
		await warning.getByRole('button', { name: sure ? 'Log out' : 'Stay' }).click();
		if (sure) await expect(loginPage).toBeVisible();
	}

	async startConversation(names: readonly string[], { name = '' } = {}): Promise<void> {
		await this.page.getByRole('button', { name: 'New conversation' }).first().click();
		const dialog = this.page.getByRole('dialog');
		const people = dialog.getByRole('combobox', { name: 'People' });
		for (const person of names) {
			await people.fill(person);
			await this.page.getByRole('option').filter({ hasText: person }).first().click();
		}
		if (name !== '') await dialog.getByLabel('Group name').fill(name);
		await dialog.getByRole('button', { name: 'Start conversation' }).click();
		await expect(dialog).toBeHidden();
		await this.#isAt(name || names[0] || '');
	}

	async openConversation(name: string): Promise<void> {
		await screen.conversationLink(this.page, name).click();
		await this.#isAt(name);
	}

	/** The composer of the conversation before is there too: the link tells when this one has come. */
	async #isAt(conversation: string): Promise<void> {
		await expect(screen.conversationLink(this.page, conversation)).toHaveAttribute('aria-current', 'page');
		await expect(screen.composer(this.page)).toBeVisible();
	}

	/** Writes and sends a message. Returns when it is on this screen, wherever else it may be. */
	async write(text: string): Promise<void> {
		await screen.composer(this.page).fill(text);
		await screen.send(this.page, text);
		await expect(screen.message(this.page, text)).toHaveCount(1);
	}

	/** Names of the IndexedDB databases that this browser keeps. */
	databases(): Promise<string[]> {
		return this.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
	}
}
