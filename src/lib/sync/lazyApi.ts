import { lazyCalls } from './lazyCalls';
import type { Api, ApiOptions } from './api';

type LoadApi = () => Promise<{ createApi(options: ApiOptions): Api }>;

/** The API, whose code comes with the first call. */
export function createLazyApi(options: ApiOptions, load: LoadApi = () => import('./api')): Api {
	let api: Api | undefined;
	const reach = async (): Promise<Api> => (api ??= (await load()).createApi(options));
	const admin = lazyCalls(async () => (await reach()).admin);
	return lazyCalls(reach, { admin });
}
