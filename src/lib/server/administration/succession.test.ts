import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { firstAccount } from '../migrations/administrationTables';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';
import { NAME_HELD_MS } from '../../domain/limits';

let lab: ApiLab;
let root: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start();
	root = await lab.person('root');
});
afterEach(() => lab.stop());

const leave = (who: ApiClient, successor?: string) =>
	who.delete('/api/me', { password: PASSWORD, successor });
const refusal = ({
	status,
	body
}: {
	status: number;
	body: { error?: { code: string; field?: string } };
}) => [status, body?.error?.code, body?.error?.field];
const administers = async (who: ApiClient) => (await who.get('/api/admin/audit')).status === 200;

async function restart(env: Record<string, string> = {}): Promise<void> {
	await lab.server.relay.close();
	lab.server.closeDatabase();
	await lab.start(undefined, env);
}

describe('the administrator who deletes the account', () => {
	let bob: ApiClient;
	let carol: ApiClient;
	beforeEach(async () => {
		bob = await lab.person('bob');
		carol = await lab.person('carol');
	});

	it('has to name who comes after, and is told so before anything has happened', async () => {
		expect(refusal(await leave(root))).toEqual([409, 'last_administrator', 'successor']);
		expect(await administers(root)).toBe(true);
	});

	it('leaves the server to whom they name, over restarts, and the audit log says so', async () => {
		expect((await leave(root, carol.id)).status).toBe(204);
		expect([await administers(bob), await administers(carol)]).toEqual([false, true]);
		await restart();
		expect([await administers(bob), await administers(carol)]).toEqual([false, true]);
		expect((await carol.get('/api/admin/audit')).body.entries[0]).toMatchObject({
			action: 'administration-handed-over',
			actor: root.id,
			subject: carol.id
		});
	});

	it('is followed by one who has to name somebody in turn', async () => {
		await leave(root, carol.id);
		expect(refusal(await leave(carol))).toEqual([409, 'last_administrator', 'successor']);
		expect((await leave(carol, bob.id)).status).toBe(204);
		expect(await administers(bob)).toBe(true);
	});

	it('cannot leave it to nobody, to themselves, or to who is suspended or gone', async () => {
		await root.patch(`/api/admin/users/${bob.id}`, { suspended: true });
		await leave(carol);
		for (const nobody of ['zzzzzzzzzzzzzzzz', root.id, bob.id, carol.id])
			expect(refusal(await leave(root, nobody))).toEqual([400, 'unknown_user', 'successor']);
		expect((await root.get('/api/me')).status).toBe(200);
	});

	it('needs the password for it', async () => {
		const wrong = await root.delete('/api/me', { password: 'not hers at all', successor: carol.id });
		expect(refusal(wrong)).toEqual([403, 'wrong_password', 'password']);
		expect(await administers(carol)).toBe(false);
	});

	it('is the only one who names anybody', async () => {
		expect(refusal(await leave(bob, carol.id))).toEqual([403, 'not_administrator', undefined]);
		expect((await leave(bob)).status).toBe(204);
		expect([await administers(root), await administers(carol)]).toEqual([true, false]);
	});
});

describe('the administrator whom the environment names', () => {
	const named = { SKEIN_ADMIN: 'Bob' };
	let bob: ApiClient;
	beforeEach(async () => {
		bob = await lab.person('bob');
		await restart(named);
	});

	it('leaves the server to whom they name, though whoever takes the name up again has it then', async () => {
		expect((await leave(root)).status).toBe(204);
		const carol = await lab.person('carol');
		expect((await leave(bob, carol.id)).status).toBe(204);
		lab.nowMs += NAME_HELD_MS;
		const taker = await lab.person('bob');
		await restart(named);
		expect([await administers(carol), await administers(taker)]).toEqual([true, false]);
	});

	it('is another one once the environment names another', async () => {
		const carol = await lab.person('carol');
		await leave(bob, carol.id);
		await restart({ SKEIN_ADMIN: 'root' });
		expect([await administers(carol), await administers(root)]).toEqual([false, true]);
	});
});

describe('the first account', () => {
	it('stays the administrator, whatever the clock says later', async () => {
		lab.nowMs -= 3_600_000;
		const bob = await lab.person('bob');
		expect([await administers(root), await administers(bob)]).toEqual([true, false]);
		await restart();
		expect([await administers(root), await administers(bob)]).toEqual([true, false]);
	});

	it('stays the administrator of a server that an older Skein began', async () => {
		const file = join(lab.folder, 'skein.db');
		await lab.server.relay.close();
		lab.server.closeDatabase();
		const db = new Database(file);
		db.exec("DELETE FROM server_settings WHERE name = 'first-account'");
		db.exec(firstAccount);
		db.close();
		await lab.start();
		lab.nowMs -= 3_600_000;
		const bob = await lab.person('bob');
		expect([await administers(root), await administers(bob)]).toEqual([true, false]);
	});

	it('once it is gone, is the one that came next, whatever the clock says later', async () => {
		await restart({ SKEIN_ADMIN: 'nobody' });
		const bob = await lab.person('bob');
		expect((await leave(root)).status).toBe(204);
		lab.nowMs -= 3_600_000;
		const carol = await lab.person('carol');
		await restart();
		expect([await administers(bob), await administers(carol)]).toEqual([true, false]);
	});
});

describe('the only account', () => {
	it('may be deleted, and the next one that is made administers', async () => {
		const bob = await lab.person('bob');
		await leave(bob);
		expect((await leave(root)).status).toBe(204);
		expect(await administers(await lab.person('carol'))).toBe(true);
		expect(await administers(await lab.person('dave'))).toBe(false);
	});

	it('may be deleted by who was left the server, too', async () => {
		const bob = await lab.person('bob');
		await leave(root, bob.id);
		expect((await leave(bob)).status).toBe(204);
		expect(await administers(await lab.person('carol'))).toBe(true);
	});

	it('leaves a server that takes a first account again, though people come by invitation', async () => {
		await root.send('PUT', '/api/admin/registration', JSON.stringify({ mode: 'invitation' }));
		await leave(root);
		expect((await lab.visitor().register('carol')).status).toBe(201);
		expect(
			refusal(await lab.visitor().post('/api/register', { username: 'dave', password: PASSWORD }))
		).toEqual([403, 'by_invitation', undefined]);
	});
});
