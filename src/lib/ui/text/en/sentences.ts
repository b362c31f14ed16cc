/** What the English sentences are built from. */
import { sentencesIn } from '../sentences';

export const { locale, say, counted, fromNow, list, number } = sentencesIn('en', 'en-GB');

export const messages = counted({ one: '{$n} message', other: '{$n} messages' });
export const people = counted({ one: '{$n} person', other: '{$n} people' });
