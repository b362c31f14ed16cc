/** What the German sentences are built from. */
import { sentencesIn } from '../sentences';

export const { locale, say, counted, fromNow, list, number } = sentencesIn('de');

export const messages = counted({ one: '{$n} Nachricht', other: '{$n} Nachrichten' });
export const people = counted({ one: '{$n} Person', other: '{$n} Personen' });
