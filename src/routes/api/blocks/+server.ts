import { json } from '@sveltejs/kit';
import { endpoint } from '$lib/server/http/endpoint';

/** Whom one has blocked. */
export const GET = endpoint(({ skein, user }) => json({ users: skein.blocks.list(user.id) }));
