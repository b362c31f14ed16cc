import { expect, test, vi } from 'vitest';
import { registerServiceWorker } from './serviceWorker';

class FakeWorker extends EventTarget {
	state = 'installing';
	readonly messages: unknown[] = [];
	postMessage(message: unknown): void {
		this.messages.push(message);
	}
	install(): void {
		this.state = 'installed';
		this.dispatchEvent(new Event('statechange'));
	}
}

class FakeRegistration extends EventTarget {
	waiting: FakeWorker | null = null;
	installing: FakeWorker | null = null;
	looks = 0;
	update(): Promise<void> {
		this.looks++;
		return Promise.reject(new Error('offline'));
	}
	find(worker: FakeWorker): void {
		this.installing = worker;
		this.dispatchEvent(new Event('updatefound'));
	}
}

class FakeContainer extends EventTarget {
	controller: FakeWorker | null = null;
	readonly registration = new FakeRegistration();
	registered: Promise<FakeRegistration> = Promise.resolve(this.registration);
	register(): Promise<FakeRegistration> {
		return this.registered;
	}
}

/** Registers in a browser whose service workers the test plays. */
async function registered(container: FakeContainer) {
	const time = { ms: 0 };
	const reload = vi.fn();
	const updates = registerServiceWorker({
		container: container as unknown as ServiceWorkerContainer,
		reload,
		now: () => time.ms
	});
	const offers: (() => void)[] = [];
	updates.onReady((takeOver) => offers.push(takeOver));
	await container.registered.catch(() => undefined);
	return { updates, offers, reload, time };
}

test('the first worker of all is no update', async () => {
	const container = new FakeContainer();
	const { offers } = await registered(container);
	const first = new FakeWorker();
	container.registration.find(first);
	first.install();
	expect(offers).toEqual([]);
});

test('a newer worker is offered once it is installed, and takes over only when told to', async () => {
	const container = new FakeContainer();
	container.controller = new FakeWorker();
	const { offers, reload } = await registered(container);
	const newer = new FakeWorker();
	container.registration.find(newer);
	expect(offers).toHaveLength(0);
	newer.install();
	expect(offers).toHaveLength(1);
	expect(newer.messages).toEqual([]);
	offers[0]?.();
	expect(newer.messages).toEqual(['take-over']);
	expect(reload).not.toHaveBeenCalled();
	container.dispatchEvent(new Event('controllerchange'));
	expect(reload).toHaveBeenCalledOnce();
});

test('one that took over in another window is reached by a reload: it waits no more', async () => {
	const container = new FakeContainer();
	container.controller = new FakeWorker();
	const { offers, reload } = await registered(container);
	const newer = new FakeWorker();
	container.registration.find(newer);
	newer.install();
	newer.state = 'activated';
	container.dispatchEvent(new Event('controllerchange'));
	expect(reload).not.toHaveBeenCalled();
	offers[0]?.();
	expect(reload).toHaveBeenCalledOnce();
	expect(newer.messages).toEqual([]);
});

test('a page that stays open asks for a newer version now and then, though the server may not be there', async () => {
	const container = new FakeContainer();
	const { updates, time } = await registered(container);
	updates.look();
	expect(container.registration.looks).toBe(0);
	time.ms = 600_000;
	updates.look();
	updates.look();
	expect(container.registration.looks).toBe(1);
	await vi.waitFor(() => {
		updates.look();
		expect(container.registration.looks).toBe(2);
	});
	container.registration.update = () => (container.registration.looks++, Promise.resolve());
	await Promise.resolve();
	updates.look();
	updates.look();
	await Promise.resolve();
	updates.look();
	expect(container.registration.looks).toBe(3);
	time.ms = 1_200_000;
	updates.look();
	expect(container.registration.looks).toBe(4);
});

test('one that has been waiting since the last start is offered to whoever asks later, too', async () => {
	const container = new FakeContainer();
	container.controller = new FakeWorker();
	const waiting = new FakeWorker();
	waiting.state = 'installed';
	container.registration.waiting = waiting;
	const { updates, offers } = await registered(container);
	expect(offers).toHaveLength(1);
	let late = 0;
	updates.onReady(() => late++);
	expect(late).toBe(1);
});

test('a registration that fails, as it does offline, harms nothing', async () => {
	const container = new FakeContainer();
	container.registered = Promise.reject(new Error('offline'));
	const { updates, offers } = await registered(container);
	expect(updates.supported).toBe(true);
	expect(offers).toEqual([]);
});
