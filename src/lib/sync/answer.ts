/** What became of a call of the REST API. No network is an answer too (status 0), never an exception. */
export type Answer<T> =
	| { readonly ok: true; readonly value: T }
	| {
			readonly ok: false;
			/** HTTP status; 0 without network. */
			readonly status: number;
			readonly code: string;
			readonly message: string;
			/** The field of the request that is wrong. */
			readonly field?: string;
			/** Seconds after which it may be asked again, where the server said so. */
			readonly retryAfterS?: number;
	  };

/** The code of an answer that is not the server's own: something in between gave it. */
export const UNEXPECTED_ANSWER = 'unexpected';

export const NO_NETWORK: Answer<never> = {
	ok: false,
	status: 0,
	code: 'no-network',
	message: 'The server cannot be reached.'
};
