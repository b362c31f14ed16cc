/** The words of screens that come after the first ones, and are loaded with them. */
import { about } from './about';
import { administration } from './administration';
import { landing } from './landing';
import { notifications } from './notifications';
import { shortcuts } from './shortcuts';
import { storage } from './storage';

export const later = {
	about,
	administration,
	landing,
	notifications,
	shortcuts,
	storage
} as const;
