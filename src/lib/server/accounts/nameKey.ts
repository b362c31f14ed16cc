import { withoutAccents } from '../../domain/withoutAccents';

/** A name without case and accents: what makes two usernames the same, and what a search compares. */
export const nameKey = (name: string): string => withoutAccents(name).trim();
