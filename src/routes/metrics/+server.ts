import { metricsAnswer } from '$lib/server/metrics/metricsAnswer';
import type { RequestHandler } from './$types';

/** For those who watch over the server. */
export const GET: RequestHandler = ({ locals, request: { headers }, getClientAddress }) => {
	const { metrics, metricsToken } = locals.skein;
	return metricsAnswer(metrics, metricsToken, { headers, address: addressOf(getClientAddress) });
};

/** Behind a proxy that is configured, a request that did not come through it has none. */
function addressOf(ask: () => string): string | undefined {
	try {
		return ask();
	} catch {
		// Its address is not known: only the token opens.
		return undefined;
	}
}
