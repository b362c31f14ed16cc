import type { LaterText } from '..';
import { about } from './about';
import { administration } from './administration';
import { landing } from './landing';
import { notifications } from './notifications';
import { shortcuts } from './shortcuts';
import { storage } from './storage';

export const later: LaterText = {
	about,
	administration,
	landing,
	notifications,
	shortcuts,
	storage
};
