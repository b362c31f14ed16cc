/**
 * How long a connection may take to say what it wants, in milliseconds, for Node's HTTP server. Whoever sends half a
 * request, or half an upgrade, and then a byte now and then, holds a socket no longer than this.
 * @type {Readonly<{ headersTimeout: number, requestTimeout: number, connectionsCheckingInterval: number }>}
 */
export const HTTP_LIMITS = Object.freeze({
	headersTimeout: 10_000,
	// A slow line may take its time for a body: no request has a large one.
	requestTimeout: 60_000,
	connectionsCheckingInterval: 2_000
});
