import { NO_NETWORK } from './answer';
import type { Api, ApiOptions } from './api';

type LoadApi = () => Promise<{ createApi(options: ApiOptions): Api }>;

/**
 * The API, whose code comes with the first call: nothing that is shown first asks the server. Where it does not come
 * there is no network either, and the next call tries again.
 */
export function createLazyApi(options: ApiOptions, load: LoadApi = () => import('./api')): Api {
	let api: Api | undefined;
	const reach = async (): Promise<Api> => (api ??= (await load()).createApi(options));
	const admin = callsOf(async () => (await reach()).admin);
	return callsOf(reach, { admin });
}

/** An object whose every member is a call of what is reached, but for those that are given. */
function callsOf<T extends object>(reach: () => Promise<T>, given: object = {}): T {
	const call =
		(name: PropertyKey) =>
		async (...args: unknown[]): Promise<unknown> => {
			const reached = await reach().catch(() => undefined);
			if (!reached) return NO_NETWORK;
			return (Reflect.get(reached, name) as (...args: unknown[]) => unknown)(...args);
		};
	return new Proxy(given, {
		get: (target, name) => Reflect.get(target, name) ?? call(name)
	}) as T;
}
