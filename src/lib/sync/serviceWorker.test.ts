import { expect, test } from 'vitest';
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
	const updates = registerServiceWorker(container as unknown as ServiceWorkerContainer);
	const offers: (() => void)[] = [];
	updates.onReady((takeOver) => offers.push(takeOver));
	await container.registered.catch(() => undefined);
	return { updates, offers };
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
	const { offers } = await registered(container);
	const newer = new FakeWorker();
	container.registration.find(newer);
	expect(offers).toHaveLength(0);
	newer.install();
	expect(offers).toHaveLength(1);
	expect(newer.messages).toEqual([]);
	offers[0]?.();
	expect(newer.messages).toEqual(['take-over']);
});

test('one that has been waiting since the last start is offered to whoever asks later, too', async () => {
	const container = new FakeContainer();
	container.controller = new FakeWorker();
	container.registration.waiting = new FakeWorker();
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
