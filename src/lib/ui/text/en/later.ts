/** The words of screens that come after the first ones, and are loaded with them. */
import { about } from './about';
import { account, logOut, picture, profile, settings } from './account';
import { administration } from './administration';
import { begin } from './begin';
import { commands } from './commands';
import { conversation, conversations, late, unread } from './conversation';
import { composer, emoji } from './emoji';
import { entry, start } from './forms';
import { group, invite } from './group';
import { act, message } from './messageTools';
import { keptHere, onlyHere, salvaged } from './onlyHere';
import { people } from './people';
import { programs } from './programs';
import { report } from './report';
import { landing } from './landing';
import { forgot, reset, security } from './login';
import { notice } from './notice';
import { notifications } from './notifications';
import { refused } from './refused';
import { shortcuts } from './shortcuts';
import { storage } from './storage';

export const later = {
	about,
	act,
	account,
	begin,
	commands,
	composer,
	conversation,
	conversations,
	emoji,
	entry,
	group,
	invite,
	late,
	logOut,
	message,
	keptHere,
	onlyHere,
	people,
	picture,
	profile,
	programs,
	report,
	salvaged,
	settings,
	start,
	administration,
	forgot,
	landing,
	notice,
	notifications,
	refused,
	reset,
	security,
	shortcuts,
	storage,
	unread
} as const;
