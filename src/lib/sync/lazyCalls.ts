import { NO_NETWORK } from './answer';

/**
 * What only asks the server, by calls whose code comes with the first of them: nothing that is shown first needs it.
 * Where it does not come there is no network either: that is the answer then, and the next call tries again.
 * @param reach What the calls are of. Asked with each call; rejects where the code does not come.
 * @param given Members that are here at once.
 */
export function lazyCalls<T extends object>(reach: () => Promise<T>, given: Partial<T> = {}): T {
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
