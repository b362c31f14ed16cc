import { expect, test } from 'vitest';
import { HTTP_LIMITS } from './httpLimits.mjs';

test('half a request is cut soon: its headers first, and not later than it says', () => {
	const { headersTimeout, requestTimeout, connectionsCheckingInterval } = HTTP_LIMITS;
	expect(headersTimeout).toBeLessThan(requestTimeout);
	expect(connectionsCheckingInterval).toBeLessThan(headersTimeout);
});
