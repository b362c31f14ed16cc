import type { TimelineMessage } from './timelineItem';
import type { UserId } from './ids';

/**
 * What a reply quotes of its target: the message as it now is, or that it was deleted (cancelled ones too), or that it
 * is not here: not arrived yet, or in a segment that is not loaded.
 */
export type Quote =
	| { readonly state: 'shown'; readonly message: TimelineMessage }
	| { readonly state: 'deleted'; readonly author: UserId }
	| { readonly state: 'missing' };
