/** What all stores of the library are made from. Its index names the type, and leaves the class itself out. */
declare module 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js' {
	import { RateLimiterStoreAbstract } from 'rate-limiter-flexible';
	export default RateLimiterStoreAbstract;
}
