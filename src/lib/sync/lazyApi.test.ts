import { expect, it, vi } from 'vitest';
import { createApi, type Api } from './api';
import { createLazyApi } from './lazyApi';

/** Its code, and a server that says for each call what it was asked. */
function setUp() {
	const fetch = vi.fn((url: unknown) =>
		Promise.resolve(new Response(JSON.stringify({ asked: url }), { status: 200 }))
	);
	const load = vi.fn(() => Promise.resolve({ createApi }));
	const api: Api = createLazyApi(
		{ origin: 'https://chat.test', fetch: fetch as typeof globalThis.fetch },
		load
	);
	return { api, load };
}

it('the code of the API comes with the first call, once', async () => {
	const { api, load } = setUp();
	expect(load).not.toHaveBeenCalled();
	expect(await api.me()).toEqual({ ok: true, value: { asked: 'https://chat.test/api/me' } });
	expect(await api.searchUsers('bo', 'next')).toEqual({
		ok: true,
		value: { asked: 'https://chat.test/api/users?search=bo&cursor=next' }
	});
	expect(load).toHaveBeenCalledOnce();
});

it('what administrators ask goes the same way', async () => {
	const { api } = setUp();
	expect(await api.admin.limits()).toEqual({
		ok: true,
		value: { asked: 'https://chat.test/api/admin/limits' }
	});
});

it('where the code does not come there is no network, and the next call tries again', async () => {
	const { api, load } = setUp();
	load.mockRejectedValueOnce(new Error('not here'));
	expect(await api.me()).toMatchObject({ ok: false, status: 0, code: 'no-network' });
	expect(await api.me()).toMatchObject({ ok: true });
});
