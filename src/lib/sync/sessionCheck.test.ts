import { describe, expect, it } from 'vitest';
import { createEmitter } from './emitter';
import { createSessionCheck } from './sessionCheck';
import type { Link } from './link';
import { ACCOUNT_DELETED } from '../protocol/problemCodes';

type Answer = Awaited<ReturnType<Parameters<typeof createSessionCheck>[0]['api']['me']>>;

const KNOWN = { ok: true, value: { user: { id: 'a' } } } as Answer;
const refused = (status: number, code = 'no'): Answer => ({ ok: false, status, code, message: '' });

/** A link that the relay has refused, and a server with these answers. */
function refusedLink(...answers: Answer[]) {
	const changed = createEmitter();
	const changes = createEmitter<{ position: number; rooms: readonly string[] }>();
	const pending: (() => void)[] = [];
	let connects = 0;
	const check = createSessionCheck({
		link: {
			signedOut: true,
			onChange: changed.on,
			onChanges: changes.on,
			connect: () => void connects++
		} as unknown as Link,
		api: { me: async () => answers.shift() ?? refused(0) },
		timers: {
			after(_ms, callback) {
				pending.push(callback);
				return () => void pending.splice(pending.indexOf(callback), 1);
			}
		}
	});
	return {
		check,
		refuse: () => changed.emit(),
		hear: () => changes.emit({ position: 1, rooms: [] }),
		passTime: () => pending.shift()?.(),
		get waiting() {
			return pending.length;
		},
		get connects() {
			return connects;
		}
	};
}

describe('a device whose session the relay refuses', () => {
	it('goes on at once where the session was renewed', async () => {
		const lab = refusedLink(KNOWN);
		lab.refuse();
		await expect.poll(() => lab.connects).toBe(1);
		expect(lab.check.state).toBe('open');
	});

	it('does not ask without end where server and relay disagree', async () => {
		const lab = refusedLink(KNOWN, KNOWN);
		lab.refuse();
		await expect.poll(() => lab.connects).toBe(1);
		lab.refuse();
		await expect.poll(() => lab.waiting).toBe(1);
		expect(lab.connects).toBe(1);
		lab.passTime();
		expect(lab.connects).toBe(2);
	});

	it('is logged out only when the server has said so twice: the new cookie may be on its way', async () => {
		const lab = refusedLink(refused(401), refused(401));
		lab.refuse();
		await expect.poll(() => lab.waiting).toBe(1);
		expect(lab.check.state).toBe('open');
		lab.passTime();
		await expect.poll(() => lab.check.state).toBe('ended');
	});

	it('goes on where the new cookie came behind the refusal', async () => {
		const lab = refusedLink(refused(401), KNOWN);
		lab.refuse();
		await expect.poll(() => lab.waiting).toBe(1);
		lab.passTime();
		await expect.poll(() => lab.connects).toBe(1);
	});

	it('is still logged in while the server cannot be asked', async () => {
		const lab = refusedLink(refused(0), refused(503), KNOWN);
		lab.refuse();
		for (let i = 0; i < 2; i++) {
			await expect.poll(() => lab.waiting).toBe(1);
			lab.passTime();
		}
		await expect.poll(() => lab.connects).toBe(1);
		expect(lab.check.state).toBe('open');
	});

	it('is logged in again as soon as the relay speaks', async () => {
		const lab = refusedLink(refused(401), refused(401));
		lab.refuse();
		await expect.poll(() => lab.waiting).toBe(1);
		lab.passTime();
		await expect.poll(() => lab.check.state).toBe('ended');
		lab.hear();
		expect(lab.check.state).toBe('open');
	});

	it('knows when the account is no more, and asks no further', async () => {
		const lab = refusedLink(refused(401, ACCOUNT_DELETED));
		lab.refuse();
		await expect.poll(() => lab.check.state).toBe('deleted');
		lab.refuse();
		expect(lab.waiting).toBe(0);
	});

	it('asks nothing once it is closed', async () => {
		const lab = refusedLink(refused(0));
		lab.refuse();
		await expect.poll(() => lab.waiting).toBe(1);
		lab.check.close();
		expect(lab.waiting).toBe(0);
	});
});
