import { nameKey } from './nameKey';
import { otherSpellings } from '../../domain/nameSearch';

/** What a person is found by beside their username: what they are called, and how else both are written. */
export const foundKey = (username: string, displayName: string): string =>
	`${nameKey(displayName)} ${otherSpellings(`${username} ${displayName}`)}`.trim();
