import type { LaterText } from '..';
import { about } from './about';
import { administration } from './administration';
import { landing } from './landing';
import { forgot, reset, security } from './login';
import { notifications } from './notifications';
import { refused } from './refused';
import { shortcuts } from './shortcuts';
import { storage } from './storage';

export const later: LaterText = {
	about,
	administration,
	forgot,
	landing,
	notifications,
	refused,
	reset,
	security,
	shortcuts,
	storage
};
